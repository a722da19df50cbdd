package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessListsTest {
  @Test
  void namesAndEntriesAreReadAsGetfaclPrintsThem() {
    assertThat(
            AccessLists.parse(
                """
                # file: /etc/docker/daemon.json
                # owner: 0
                # group: 0
                user::rw-
                user:1000:rw-\t\t#effective:r--
                group::r--
                mask::r--
                other::r--

                # file: /etc/docker/a\\040b
                # owner: 0
                # group: 0
                # flags: -s-
                user::rwx
                group::r-x
                other::---
                default:user::rwx
                default:user:7:rwx

                """))
        .containsEntry(
            "/etc/docker/daemon.json",
            List.of("user::rw-", "user:1000:rw-", "group::r--", "mask::r--", "other::r--"))
        .containsEntry("/etc/docker/a b", List.of("user::rwx", "group::r-x", "other::---"));
  }
}
