package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import plimsoll.finding.Trend;
import plimsoll.report.html.HtmlRenderer;
import plimsoll.testing.Project;

/** Formats for programs, by the rules of those programs, given hostile names. */
class FormatsTest {
  private static final Renderer JUNIT = new JUnitRenderer();
  private static final Renderer CSV = new CsvRenderer(Renderer.Show.ALL);
  private static final Renderer OCSF = new OcsfRenderer(Renderer.Show.ALL);
  private static final Renderer PROMETHEUS = new PrometheusRenderer();

  static Stream<Renderer> renderers() {
    return Stream.of(
        JUNIT,
        CSV,
        OCSF,
        PROMETHEUS,
        new HtmlRenderer(Renderer.Show.ALL, Trend.NONE),
        new JsonRenderer(Renderer.Show.ALL),
        new TerminalRenderer(Renderer.Show.ALL, Trend.NONE, false));
  }

  @ParameterizedTest
  @MethodSource("renderers")
  void nothingHostileReachesATerminalThroughAnyFormat(Renderer renderer) throws Exception {
    String text = HostileReport.render(renderer, HostileReport.of(3));
    assertThat(text.replaceAll("[\r\n]", "")).doesNotContainPattern("[\\p{Cntrl}\u202a-\u202e]");
    assertThat(text).contains("container-2");
  }

  @Test
  void junitKeepsItsSchemaAndItsCounts() throws Exception {
    String text = HostileReport.render(JUNIT, HostileReport.of(3));
    String schema =
        Files.readString(Project.root().resolve("src/test/resources/plimsoll/report/junit.xsd"));
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(schema)))
        .newValidator()
        .validate(new StreamSource(new StringReader(text)));
    Element suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text)))
            .getDocumentElement();
    assertThat(suites.getAttribute("tests")).isEqualTo("3");
    assertThat(suites.getAttribute("failures")).isEqualTo("3");
    assertThat(suites.getElementsByTagName("testsuite").getLength()).isEqualTo(3);
    assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(3);
    assertThat(suites.getElementsByTagName("script").getLength()).isZero();
    Element first = (Element) suites.getElementsByTagName("testsuite").item(0);
    assertThat(first.getAttribute("name")).contains("<script>]]>&\"\\");
  }

  @Test
  void everyLineOfCsvHasItsColumnsAndNoFormula() throws Exception {
    String text = HostileReport.render(CSV, HostileReport.of(3));
    List<List<String>> lines = text.lines().map(FormatsTest::cells).toList();
    assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).hasSize(13));
    assertThat(lines.get(1).get(6)).startsWith("'=web?").contains("<script>]]>&\"\\,{}");
    assertThat(lines.get(2).get(6)).isEqualTo("container-1");
    assertThat(text).doesNotContainPattern("(^|,)\"?[=+@-]");
  }

  /** A strict reading of RFC 4180 of one line. */
  private static List<String> cells(String line) {
    assertThat(line).matches("((\"([^\"]|\"\")*\"|[^\",]*)(,|$))+");
    return Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))(?:,|$)")
        .matcher(line)
        .results()
        .filter(match -> match.start() < line.length() || line.endsWith(","))
        .map(
            match -> match.group(1) == null ? match.group(2) : match.group(1).replace("\"\"", "\""))
        .toList();
  }

  @Test
  void everyOcsfEventKeepsItsSchema() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(
                    Project.root().resolve("src/test/resources/plimsoll/report/ocsf-2003.json")));
    List<String> lines = HostileReport.render(OCSF, HostileReport.of(3)).lines().toList();
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }
    assertThat(schema.validate(lines.get(0).replace("\"standards\"", "\"x\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void everyLineOfMetricsIsOneAndEachSeriesIsThereOnce() throws Exception {
    String text = HostileReport.render(PROMETHEUS, HostileReport.of(3));
    List<String> series =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .peek(line ->
                assertThat(line)
                    .matches(
                        "[a-z_]+(\\{[a-z]+=\"([^\"\\\\]|\\\\[\"\\\\n])*\""
                            + "(,[a-z]+=\"([^\"\\\\]|\\\\[\"\\\\n])*\")*})? [0-9.]+"))
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .toList();
    assertThat(series).doesNotHaveDuplicates().hasSize(13);
    assertThat(text)
        .contains(
            "plimsoll_findings{verdict=\"fail\"} 3\n",
            "plimsoll_findings{verdict=\"unknown\"} 0\n");
  }
}
