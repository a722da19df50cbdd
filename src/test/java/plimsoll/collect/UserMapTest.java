package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.model.User;

class UserMapTest {
  private static final String SAME = "         0          0 4294967295\n";
  private static final String REMAPPED = "0 100000 65536\n";

  private static User strongest(String map, String... ids) throws IOException {
    return UserMap.parse(map).strongest(ids);
  }

  @Test
  void effectiveThousandWithRealZeroIsRoot() throws IOException {
    assertThat(strongest(SAME, "0", "1000", "1000", "1000"))
        .isEqualTo(new User(null, 0L, 0L, null, List.of()));
    assertThat(strongest(SAME, "1000", "1000", "0", "1000").uid()).isZero();
  }

  @Test
  void rootInsideARemappedNamespaceIsNobodyOutside() throws IOException {
    assertThat(strongest(REMAPPED, "100000", "100000", "100000", "100000"))
        .isEqualTo(new User(null, 0L, 100000L, null, List.of()));
  }

  @Test
  void anIdThatIsNotMappedHasNoNumberInside() throws IOException {
    assertThat(strongest(REMAPPED, "5", "5", "5", "5"))
        .isEqualTo(new User(null, null, 5L, null, List.of()));
  }
}
