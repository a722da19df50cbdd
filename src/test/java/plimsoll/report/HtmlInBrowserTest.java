package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.model.Container;
import plimsoll.model.Identity;
import plimsoll.model.Snapshot;
import plimsoll.report.Renderer.Show;
import plimsoll.report.html.HtmlRenderer;
import plimsoll.rule.RuleSet;
import plimsoll.testing.Browser;
import plimsoll.testing.NeedsBrowser;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/** The HTML report as a reader has it: in a real browser. */
@NeedsBrowser
class HtmlInBrowserTest {
  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  private static Snapshot careless() throws Exception {
    try (InputStream in =
        Files.newInputStream(Project.root().resolve("samples/hosts/careless.json"))) {
      return SnapshotJson.read(in);
    }
  }

  private static Report judge(Snapshot snapshot) {
    return Evaluator.evaluate(
        RuleSet.builtIn(),
        Derivation.derive(snapshot),
        Scope.ALL,
        new Snapshot.Tool("plimsoll", "1"));
  }

  private static Path page(Report report, Show show, Trend trend) throws IOException {
    Path file = Files.createTempFile(folder, "report", ".html");
    try (OutputStream out = Files.newOutputStream(file)) {
      new HtmlRenderer(show, trend).render(report, out);
    }
    return file;
  }

  private static void open(Path page, String fragment) {
    browser.open(page, fragment);
  }

  /** The page asked for itself and for nothing else, and nothing went wrong. */
  private static void assertQuiet() {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .allMatch(
            address -> address.matches("data:,|about:blank|file:.*/report[0-9]*\\.html(#.*)?"));
  }

  private static List<String> visible(String selector) {
    return browser.driver().findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }

  private static void search(String words) {
    WebElement query = browser.driver().findElement(By.id("q"));
    query.clear();
    query.sendKeys(words);
    settle();
  }

  /** Waits until typing has had its effect. */
  private static void settle() {
    browser.driver().executeAsyncScript("setTimeout(arguments[0], 200)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void nothingKeepsAnyReaderOut(String scheme) throws Exception {
    browser.prefer("prefers-color-scheme", scheme);
    Snapshot snapshot = careless();
    // Enough for one of each thing; looking through a page takes its time.
    Report report = judge(snapshot.withContainers(snapshot.containers().subList(0, 2)));
    open(page(report, Show.FAILED, Trend.of(List.of(report, report))), "");
    // What is not laid out has no place, so it would be taken to lie over something else.
    browser.run(
        """
        document.styleSheets[0].insertRule('* { content-visibility: visible !important }', 0);
        document.querySelectorAll('details').forEach(d => d.open = true);
        """);
    String axe;
    try (InputStream in = HtmlInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    browser.run(axe);
    Object found =
        browser
            .driver()
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(result => done(
                  [result.passes.length, ...result.violations.map(v =>
                    v.id + ': ' + v.nodes[0].html + ' ' + v.nodes[0].failureSummary)]));
                """);
    assertThat((List<?>) found).as("violations after the number of passes").hasSize(1);
    assertThat((Long) ((List<?>) found).get(0)).isGreaterThan(20);
    assertQuiet();
  }

  @Test
  void theWorstContainerIsNamedFirstWithWhatToChange() throws Exception {
    open(page(judge(careless()), Show.FAILED, Trend.NONE), "");
    assertThat(visible(".lead h2").get(0)).startsWith("Start with agent");
    assertThat(visible(".lead li").get(0)).contains("critical").contains("Change");
    assertThat(visible("details.subject > summary h4").get(0)).isEqualTo("agent");
    assertThat(visible(".map tbody th")).containsExactly("agent", "sidecar");
    assertQuiet();
  }

  @Test
  void bothViewsStandSideBySideWithDifferencesMarked() throws Exception {
    open(page(judge(careless()), Show.FAILED, Trend.NONE), "");
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    WebElement row =
        browser
            .driver()
            .findElement(
                By.xpath(
                    "//details[@id='container-shop']//tr[th[contains(., 'Limit on processes')]]"));
    assertThat(row.getText()).contains("no limit").contains("stronger").contains("/pids.max");
  }

  @Test
  void hostileNamesAreTextAndNothingElse() throws Exception {
    Path page = page(HostileReport.of(3), Show.ALL, Trend.NONE);
    open(page, "");
    assertThat(Files.readString(page).replaceAll("[\r\n]", ""))
        .doesNotContainPattern("[\\p{Cntrl}\u202a-\u202e]")
        .doesNotContain("&\"\\,{}'<script>");
    assertThat(browser.run("return document.scripts.length")).isEqualTo(1L);
    assertThat(visible("details.subject > summary h4").get(0)).contains("<script>]]>");
    assertQuiet();
  }

  @Test
  void findingsAreFilteredByWordsSeverityAndDifference() throws Exception {
    Path page = page(judge(careless()), Show.FAILED, Trend.NONE);
    open(page, "");
    search("agent privileged");
    assertThat(visible("details.subject > summary h4")).containsExactly("agent");
    assertThat(visible("#shown").get(0)).contains(", 1 of ");
    search("agent zebra");
    assertThat(visible("#nothing")).hasSize(1);
    browser.driver().findElement(By.id("reset")).click();
    assertThat(visible("details.subject > summary h4")).contains("agent", "cache");
    for (String severity : List.of("high", "medium", "low", "info")) {
      browser.driver().findElement(By.cssSelector("input[value=" + severity + "]")).click();
    }
    settle();
    assertThat(visible("details.subject > summary h4")).contains("agent").doesNotContain("cache");
    // What was filtered is in the address: somebody else sees the same.
    String address = browser.driver().getCurrentUrl();
    open(page, address.substring(address.indexOf('#')));
    assertThat(visible("details.subject > summary h4")).contains("agent").doesNotContain("cache");
    assertQuiet();
  }

  @Test
  void aLinkToAFindingOpensIt() throws Exception {
    Report report = judge(careless());
    String print =
        report.findings().stream()
            .filter(finding -> finding.rule().id().equals("container-no-init"))
            .filter(finding -> finding.subject().name().equals("cache"))
            .findFirst()
            .orElseThrow()
            .fingerprint();
    open(page(report, Show.FAILED, Trend.NONE), "#f-" + print);
    WebElement finding = browser.driver().findElement(By.id("f-" + print));
    assertThat(finding.findElement(By.className("body")).isDisplayed()).isTrue();
    assertThat(finding.getText()).contains("Why").contains("Fix").contains("--init");
  }

  @Test
  void everythingCanBeDoneWithoutAMouse() throws Exception {
    open(page(judge(careless()), Show.FAILED, Trend.NONE), "");
    WebElement body = browser.driver().findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText())
        .contains("Skip to the findings");
    body.sendKeys("/");
    assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("q");
    WebElement summary = browser.driver().findElement(By.cssSelector("#container-cache > summary"));
    summary.sendKeys(Keys.ENTER);
    assertThat(browser.run("return document.getElementById('container-cache').open"))
        .isEqualTo(true);
  }

  @Test
  void onPaperEverythingIsOpen() throws Exception {
    open(page(judge(careless()), Show.FAILED, Trend.NONE), "");
    String count = "return document.querySelectorAll('details:not([open])').length";
    Object closed = browser.run(count);
    browser.run("dispatchEvent(new Event('beforeprint'))");
    assertThat(browser.run(count)).isEqualTo(0L);
    browser.run("dispatchEvent(new Event('afterprint'))");
    assertThat(browser.run(count)).isEqualTo(closed);
  }

  @Test
  void fiveHundredContainersAreUsable() throws Exception {
    Snapshot few = careless();
    List<Container> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Container one = few.containers().get(i % few.containers().size());
      Identity was = one.identity();
      many.add(
          new Container(
              new Identity(
                  String.format(Locale.ROOT, "%064x", i),
                  was.name() + "-" + i,
                  was.state(),
                  was.pid(),
                  was.image(),
                  was.imageId(),
                  null),
              one.requested(),
              one.enforced(),
              one.processes()));
    }
    Path page = page(judge(few.withContainers(many)), Show.FAILED, Trend.NONE);
    open(page, "");
    search("agent-8 privileged");
    assertThat(visible("details.subject > summary h4"))
        .contains("agent-8")
        .allMatch(name -> name.contains("agent-8"));
    @SuppressWarnings("unchecked")
    Map<String, Object> timing =
        (Map<String, Object>)
            browser.run("return performance.getEntriesByType('navigation')[0].toJSON()");
    // Read off, not asserted: how long a machine takes is a matter of the machine.
    System.out.println(
        "500 containers, "
            + Files.size(page) / 1_000_000
            + " MB: ready after "
            + timing.get("domContentLoadedEventEnd")
            + " ms, loaded after "
            + timing.get("loadEventEnd")
            + " ms");
    assertQuiet();
  }
}
