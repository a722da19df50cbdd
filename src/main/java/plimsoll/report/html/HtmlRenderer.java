package plimsoll.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.report.Renderer;
import plimsoll.rule.Benchmark.Edition;

/**
 * A page that holds all of itself: it loads nothing, and its content security policy lets nothing
 * run but its own one script and nothing style it but its own one sheet, by their hashes.
 */
public final class HtmlRenderer implements Renderer {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, HtmlRenderer.class.getPackageName());

  private final Show show;
  private final Trend trend;
  private final @Nullable Edition edition;

  /** Lists what {@code show} says, beside earlier reports if there are any. */
  public HtmlRenderer(Show show, Trend trend) {
    this(show, trend, null);
  }

  /**
   * The same, laid out by a benchmark.
   *
   * @param edition which; null for none
   */
  public HtmlRenderer(Show show, Trend trend, @Nullable Edition edition) {
    this.show = show;
    this.trend = trend;
    this.edition = edition;
  }

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    String css = resource("report.css");
    String script = resource("report.js");
    Utf8ByteOutput page = new Utf8ByteOutput();
    TEMPLATES.render(
        "report.jte",
        Map.of(
            "page",
            new PageMaker(report, show, edition).page(trend),
            "css",
            css,
            "script",
            script,
            "policy",
            "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src "
                + hash(css)
                + "; script-src "
                + hash(script)),
        page);
    page.writeTo(out);
    out.flush();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlRenderer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
