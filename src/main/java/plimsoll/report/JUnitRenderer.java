package plimsoll.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Verdict;

/**
 * JUnit XML as build servers read it: a suite for each subject, a case for each rule. What failed
 * is a failure; what is unknown, not applicable, waived or for people to look at is skipped, with
 * the reason, since such a case did not pass. Everything is listed: a build server counts cases.
 */
public final class JUnitRenderer implements Renderer {

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      start(xml, 0, "testsuites", "name", "plimsoll");
      counts(xml, report.findings());
      for (Map.Entry<Subject, List<Finding>> suite : bySubject(report).entrySet()) {
        start(xml, 1, "testsuite", "name", name(suite.getKey()));
        counts(xml, suite.getValue());
        xml.writeAttribute("timestamp", report.takenAt().toString());
        for (Finding finding : suite.getValue()) {
          testCase(xml, finding);
        }
        end(xml, 1);
      }
      end(xml, 0);
      xml.writeEndDocument();
      xml.flush();
      out.write("\n".getBytes(StandardCharsets.UTF_8));
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException io ? io : new IOException(e);
    }
  }

  private static Map<Subject, List<Finding>> bySubject(Report report) {
    Map<Subject, List<Finding>> suites = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      suites.computeIfAbsent(finding.subject(), subject -> new ArrayList<>()).add(finding);
    }
    return suites;
  }

  private static String name(Subject subject) {
    return subject.kind() + (subject.name().isEmpty() ? "" : " " + Plain.line(subject.name()));
  }

  private static void counts(XMLStreamWriter xml, List<Finding> findings)
      throws XMLStreamException {
    long failures = findings.stream().filter(f -> f.verdict() == Verdict.FAIL).count();
    long passes = findings.stream().filter(f -> f.verdict() == Verdict.PASS).count();
    xml.writeAttribute("tests", Integer.toString(findings.size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(findings.size() - failures - passes));
  }

  private static void testCase(XMLStreamWriter xml, Finding finding) throws XMLStreamException {
    start(xml, 2, "testcase", "name", finding.rule().id());
    xml.writeAttribute("classname", name(finding.subject()));
    xml.writeAttribute("time", "0");
    if (finding.verdict() == Verdict.FAIL) {
      start(xml, 3, "failure", "message", Plain.line(finding.message()));
      xml.writeAttribute("type", finding.severity().toString());
      xml.writeCharacters(details(finding));
      xml.writeEndElement();
    } else if (finding.verdict() != Verdict.PASS) {
      String reason = finding.judgement().reason();
      start(
          xml,
          3,
          "skipped",
          "message",
          finding.verdict() + (reason == null ? "" : ": " + Plain.line(reason)));
      xml.writeEndElement();
    }
    end(xml, 2);
  }

  private static String details(Finding finding) {
    StringBuilder text = new StringBuilder("\n").append(finding.rule().title()).append('\n');
    for (Evidence evidence : finding.evidence()) {
      text.append(EvidenceText.of(evidence)).append('\n');
    }
    finding
        .rule()
        .fix()
        .forEach((where, fix) -> text.append("fix (" + where + "): " + fix.strip() + "\n"));
    return text.toString();
  }

  private static void start(
      XMLStreamWriter xml, int depth, String element, String attribute, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(element);
    xml.writeAttribute(attribute, value);
  }

  private static void end(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }
}
