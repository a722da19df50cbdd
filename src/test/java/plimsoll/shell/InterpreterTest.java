package plimsoll.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script would run, as bash sees it. */
class InterpreterTest {

  /** The commands that begin with {@code d}, words in brackets; {@code ?} is on a branch only. */
  private static List<String> commands(String script) throws ShellException {
    Unknowns unknowns = new Unknowns();
    List<String> commands = new ArrayList<>();
    Interpreter.follow(
        Fragment.of(script),
        Map.of(),
        unknowns,
        (at, words, executed) -> {
          if (words.get(0).text().equals("d")) {
            commands.add(
                words.stream()
                    .skip(1)
                    .map(word -> "[" + unknowns.shown(word.text()) + (word.maybe() ? "?]" : "]"))
                    .collect(Collectors.joining()));
          }
        });
    return commands;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // Words.
        "d a 'b c' \"d e\" f\\ g ~ [a][b c][d e][f g]",
        "d a'b'\"c\"d ~ [abcd]",
        "d '' \"\" ~ [][]",
        "d $'a\\tb' ~ `[a\tb]`",
        "d a#b #c ~ [a#b]",
        "d a; d b & d c && d e || d f ~ [a];[b];[c];[e];[f]",
        "(d a) ~ [a]",
        "{ d a; } 2>&1 >/dev/null ~ [a]",
        "d a >out 2>>err <in b ~ [a][b]",
        "! d a ~ [a]",
        "time -p d a ~ [a]",
        "d {a,b}* ~ [{a,b}*]",
        // Variables.
        "X=a; d $X ~ [a]",
        "X='a b'; d $X ~ [a][b]",
        "X='a b'; d \"$X\" ~ [a b]",
        "X='a b'; d -$X- ~ [-a][b-]",
        "X=; d $X b ~ [b]",
        "X=; d \"$X\" b ~ [][b]",
        "X=a; X+=' b'; d $X ~ [a][b]",
        "X=a; X=\"$X b\"; d $X ~ [a][b]",
        "d $Y \"$Y\" a$Y ~ [$Y][$Y][a$Y]",
        "d ${Y:-a b} ${Y-c} ~ [a][b][c]",
        "X=a; d ${X:-b} ${X:+c} ${Y:+e} ~ [a][c][e?];[a][c][e?]",
        "X=a; d ${X%b} ~ [$X]",
        "X=a; Y=$X; X=b; d $Y ~ [a]",
        "export X=a; local Y=b; d $X $Y ~ [a][b]",
        "X=a; f() { X=\"$X b\"; }; f; d $X ~ [a][b]",
        "X=a; while t; do case $1 in b) X=b ;; c) X=c ;; esac; done; d $X ~ [a?];[b?];[c?]",
        "X=(a); f() { X+=(b); }; f; d \"${X[@]}\" ~ [a][b]",
        "X=a; f() { X=\"$X b\"; }; if t; then f; fi; d $X ~ [a][b?]",
        "X=a; f() { local X=b; d $X; }; f; d $X ~ [b];[a]",
        "X=a; f() { local X; X=b; g; }; g() { d $X; }; f; d $X ~ [b];[a]",
        "X=a; f() { X=b; }; Y=1 f; d $X ~ [a]",
        "read X; d $X ~ [$X]",
        "d $((1+2)) ${#X} ${!X} ~ [$arithmetic][$X][$X]",
        "f() { shift 2; d \"$@\"; }; f a b c e ~ [c][e]",
        "f() { shift; d \"$@\"; }; f a b ~ [b]",
        // Arrays.
        "A=(a 'b c'); d \"${A[@]}\" ~ [a][b c]",
        "A=(a); A+=(b c); d \"${A[@]}\" ~ [a][b][c]",
        "A=(); d \"${A[@]}\" x ~ [x]",
        "A=(a b); d x\"${A[@]}\"y ~ [xa][by]",
        "A=(a); d ${A[@]+\"${A[@]}\"} ~ [a]",
        "declare -a A=(a b); d ${A[*]} ~ [a][b]",
        "A[0]=a; A[1]=b; d \"${A[@]}\" ~ [a][b]",
        // Branches.
        "X=a; if t; then X=\"$X b\"; fi; d $X ~ [a][b?];[a][b?]",
        "if t; then X=a; else X=b; fi; d $X ~ [a?];[b?];[a?];[b?]",
        "t && X=a; d $X ~ [a?];[a?]",
        "case $1 in a) X=a;; *) X=b;; esac; d $X ~ [a?];[a?];[b?]",
        "for i in a b; do d $i; done ~ [a?];[a?];[b?]",
        "while t; do X+=(a); done; d \"${X[@]}\" ~ [a?];[a?]",
        // Functions.
        "f() { d \"$@\" x; }; f a 'b c' ~ [a][b c][x]",
        "function f { d $1 ${2:-y}; }; f a ~ [a][y]",
        "f() { shift; d \"$@\"; }; f a b ~ [b]",
        "f() { d $X; }; X=a; f ~ [a]",
        "f() { d a; } ~ [a]",
        "f() { f; }; f; d a ~ [a]",
        "set -- a b; d \"$@\" ~ [a][b]",
        // What runs something else.
        "sudo -u root -E d a ~ [a]",
        "env -i X=1 d a ~ [a]",
        "X=1 d a ~ [a]",
        "exec -a n d a ~ [a]",
        "timeout -k 5 10s nice -n 5 d a ~ [a]",
        "xargs -n 1 d a ~ [a]",
        "bash -c 'd a' ~ [a]",
        "sh -euxc \"d a\" ~ [a]",
        "X=b; bash -c \"d $X\" ~ [b]",
        "eval \"d 'a b'\" ~ [a b]",
        "ssh -p 22 host d a ~ [a]",
        "ssh host 'd a; d b' ~ [a];[b]",
        "trap 'd a' EXIT ~ [a]",
        "X=$(d a) ~ [a]",
        "X=`d a` ~ [a]",
        "d $(d b) ~ [b];[$(...)]",
        "cat <(d a) ~ [a]",
        "command -v d ~ ``",
        "[[ -n $X && d ]] ~ ``",
        "echo d a ~ ``"
      })
  void runs(String script, String expected) throws ShellException {
    assertThat(String.join(";", new ArrayList<>(new java.util.LinkedHashSet<>(commands(script)))))
        .isEqualTo(String.join(";", new java.util.LinkedHashSet<>(List.of(expected.split(";")))));
  }

  @Test
  void hereDocumentsRunOnlyWhereAShellReadsThem() throws ShellException {
    String here = "X=b\n%s <<%s\nd $X\nEOF\n";
    assertThat(commands(here.formatted("bash", "EOF"))).containsExactly("[b]");
    assertThat(commands(here.formatted("ssh host", "'EOF'"))).containsExactly("[b]");
    assertThat(commands(here.formatted("cat", "EOF"))).isEmpty();
    assertThat(commands("cat <<-EOF | sh\n\td a\n\tEOF\nd b\n")).containsExactly("[a]", "[b]");
    assertThat(commands("cat > x.sh <<EOF\n#!/bin/sh\nd a\nEOF\n")).containsExactly("[a]");
  }

  @Test
  void linesGoOn() throws ShellException {
    assertThat(commands("d a \\\n  b \\\r\n  c\nd e")).containsExactly("[a][b][c]", "[e]");
  }

  @Test
  void whatDoesNotEndIsAMistakeAtItsPlace() {
    for (String script : List.of("d 'a", "d \"a", "d $(a", "d ${a", "(d a", "A=(a", "d `a")) {
      assertThatThrownBy(() -> commands("x\n" + script))
          .as(script)
          .isInstanceOfSatisfying(
              ShellException.class, e -> assertThat(e.offset()).isGreaterThan(1))
          .hasMessageContaining("does not end");
    }
  }

  @Test
  void noScriptTakesForever() throws ShellException {
    assertThatThrownBy(() -> commands("$(".repeat(5000) + ")".repeat(5000)))
        .hasMessageContaining("too deeply");
    StringBuilder doubling = new StringBuilder("X=ab\n");
    for (int i = 0; i < 60; i++) {
      doubling.append("X=$X$X\nif t; then X=$X; else X=\"$X b\"; fi\n");
    }
    assertThat(commands(doubling + "d a")).contains("[a]");
    StringBuilder calls = new StringBuilder("f0() { d a; }\n");
    for (int i = 1; i < 40; i++) {
      calls.append("f" + i + "() { f" + (i - 1) + "; f" + (i - 1) + "; }\n");
    }
    assertThatThrownBy(() -> commands(calls + "f39")).hasMessageContaining("too much");
  }

  /** The programs whose output is run. */
  private static List<String> executed(String script) throws ShellException {
    List<String> programs = new ArrayList<>();
    Interpreter.follow(
        Fragment.of(script),
        Map.of(),
        new Unknowns(),
        (at, words, executed) -> {
          if (executed) {
            programs.add(words.get(0).text());
          }
        });
    return programs;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d | sh",
        "d|sudo -E bash -",
        "d | tee x | env A=b bash -s -- --yes",
        "(d || d) | sh",
        "if x; then d; fi | sh",
        "bash -c \"$(d)\"",
        "sudo bash -ec \"$(d)\"",
        "eval \"$(d)\"",
        "bash <(d) --yes",
        "source <(d)",
        "d | X=1 python3 - --version 1.2",
        "d | node",
        "python3 -c \"$(d)\"",
        "sh -c 'd | sh'",
        "`d` ; eval `d`"
      })
  void whatAnotherProgramPrintsMayBeRun(String script) throws ShellException {
    assertThat(executed(script)).contains("d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d",
        "d | grep sh",
        "d | tar xz",
        "d | sh x.sh",
        "d | bash -c 'cat'",
        "x | d",
        "sh | d",
        "bash x.sh \"$(d)\"",
        "sh -c \"echo $(d)\"",
        "bash -s \"$(d)\"",
        "d | python3 -c 'import json'",
        "d | perl -pe 's/a/b/'",
        "diff <(d) <(x)",
        "X=$(d)"
      })
  void whatIsPrintedMostlyIsNotRun(String script) throws ShellException {
    assertThat(executed(script)).doesNotContain("d");
  }

  @Test
  void eachWordKnowsItsPlace() throws ShellException {
    String script = "OPTS='a bb'\nd $OPTS \"c\"\n";
    List<Integer> starts = new ArrayList<>();
    Interpreter.follow(
        Fragment.of(script),
        Map.of(),
        new Unknowns(),
        (at, words, executed) -> words.forEach(word -> starts.add(word.start())));
    assertThat(starts)
        .containsExactly(
            script.indexOf("d $"),
            script.indexOf("a bb"),
            script.indexOf("bb"),
            script.indexOf("c\""));
  }
}
