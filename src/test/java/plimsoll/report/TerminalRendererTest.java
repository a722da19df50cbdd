package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plimsoll.finding.Trend;

class TerminalRendererTest {
  @Test
  void nothingFromAContainerMovesTheCursorOrTurnsTheText() throws java.io.IOException {
    String text =
        HostileReport.render(
            new TerminalRenderer(Renderer.Show.ALL, Trend.NONE, false), HostileReport.of(3));
    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\u202a-\u202e]");
    assertThat(text).hasSizeLessThan(5_000);
  }

  @Test
  void colourIsThereWhenWantedAndOnlyThen() throws java.io.IOException {
    assertThat(
            HostileReport.render(
                new TerminalRenderer(Renderer.Show.FAILED, Trend.NONE, true), HostileReport.of(1)))
        .contains("\u001b[1;91mCRITICAL\u001b[m");
    assertThat(
            HostileReport.render(
                new TerminalRenderer(Renderer.Show.FAILED, Trend.NONE, false), HostileReport.of(1)))
        .contains("CRITICAL")
        .doesNotContain("\u001b");
  }

  @Test
  void manyContainersWithTheSameFaultAreOneEntry() throws java.io.IOException {
    String text =
        HostileReport.render(
            new TerminalRenderer(Renderer.Show.FAILED, Trend.NONE, false), HostileReport.of(200));
    assertThat(text.split("fix:", -1)).hasSize(2);
    assertThat(text).contains("and 188 more");
  }
}
