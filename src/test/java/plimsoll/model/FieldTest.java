package plimsoll.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.model.Order.Strength;

/** Which of two values confines more, and what is rounding and no difference. */
class FieldTest {
  private static Strength compare(String pointer, @Nullable Object asked, @Nullable Object done) {
    return java.util.Objects.requireNonNull(Field.of(pointer)).compare(asked, done);
  }

  @ParameterizedTest
  @CsvSource({
    "/limits/pids, 50, 50, EQUAL",
    "/limits/pids, 50, 51, WEAKER",
    "/limits/pids, 50, , WEAKER",
    "/limits/pids, , 50, STRONGER",
    "/limits/pids, , , EQUAL",
    // Pages of memory.
    "/limits/memory/limit, 100000001, 99999744, EQUAL",
    "/limits/memory/limit, 64000000, 128000000, WEAKER",
    // Less likely to be killed is weaker, more likely is not.
    "/limits/memory/oomScoreAdjust, 500, 100, WEAKER",
    "/limits/memory/oomScoreAdjust, 0, 900, STRONGER",
    "/limits/memory/oomScoreAdjust, , 0, EQUAL",
    "/user/hostUid, 1000, 0, WEAKER",
    "/user/hostUid, 0, 1000, STRONGER",
    "/user/hostUid, 1000, 1001, INCOMPARABLE",
    "/user/hostUid, , 0, EQUAL",
    "/limits/cpu/shares, 300, 310, EQUAL",
    "/limits/cpu/shares, 300, 3000, INCOMPARABLE",
  })
  void numbers(String pointer, @Nullable Long asked, @Nullable Long done, Strength expected) {
    assertThat(compare(pointer, asked, done)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // 1.23456789 of a processor reads 123456, and 124000 once systemd has read its units anew.
    "1.23456789, 1.23456, EQUAL",
    "1.23456789, 1.24, EQUAL",
    "0.5, 0.9, WEAKER",
    "0.5, , WEAKER",
    "0.5, 0.3, STRONGER",
  })
  void processorTimeIsRounded(double asked, @Nullable Double done, Strength expected) {
    assertThat(compare("/limits/cpu/cpus", asked, done)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0-1, WEAKER",
    "0-3, 1-2, STRONGER",
    "'0,1,2', 0-2, EQUAL",
    "0, , WEAKER",
    ", 0, STRONGER",
  })
  void processors(@Nullable String asked, @Nullable String done, Strength expected) {
    assertThat(compare("/limits/cpu/cpuset", asked, done)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "docker-default, docker-default, EQUAL",
    "docker-default, unconfined, WEAKER",
    "docker-default, other, INCOMPARABLE",
    "unconfined, docker-default, STRONGER",
    ", unconfined, EQUAL",
  })
  void profiles(@Nullable String asked, @Nullable String done, Strength expected) {
    assertThat(compare("/label/apparmor", asked, done)).isEqualTo(expected);
  }

  @Test
  void rightsAndSwitches() {
    String bounding = "/capabilities/bounding";
    assertThat(compare(bounding, List.of("CHOWN"), List.of("CHOWN", "KILL")))
        .isEqualTo(Strength.WEAKER);
    assertThat(compare(bounding, List.of("CHOWN", "KILL"), List.of("KILL")))
        .isEqualTo(Strength.STRONGER);
    assertThat(Order.FEWER.excess(List.of("CHOWN"), List.of("CHOWN", "KILL"))).isEqualTo("KILL");
    assertThat(compare("/readOnlyRoot", true, false)).isEqualTo(Strength.WEAKER);
    assertThat(compare("/readOnlyRoot", null, true)).isEqualTo(Strength.STRONGER);
    assertThat(compare("/namespaces/pid/host", false, true)).isEqualTo(Strength.WEAKER);
    assertThat(compare("/seccomp/mode", Seccomp.Mode.FILTER, Seccomp.Mode.DISABLED))
        .isEqualTo(Strength.WEAKER);
    assertThat(compare("/seccomp/mode", Seccomp.Mode.DISABLED, Seccomp.Mode.FILTER))
        .isEqualTo(Strength.STRONGER);
  }

  @Test
  void everyFieldIsAFactAndHasAWitness() {
    assertThat(Field.TABLE).extracting(Field::pointer).doesNotHaveDuplicates();
    for (Field field : Field.TABLE) {
      assertThat(Witness.of(field.pointer())).isEqualTo(field.witness());
      // Reading it from nothing must not fail: the pointer is one of the model's.
      field.in(Confinement.EMPTY);
    }
    assertThat(Witness.of("/limits/ulimits/0/hard")).isEqualTo(Witness.KERNEL);
    assertThat(Witness.of("/lifecycle/restart")).isEqualTo(Witness.ENGINE);
  }
}
