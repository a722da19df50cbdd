package plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static String secret(String entry) {
    String[] halves = entry.split("=", 2);
    return String.valueOf(Secrets.variable(halves[0], halves[1]).secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD=hunter2",
        "db_password=hunter2",
        "PGPASSWORD=x1",
        "MYSQL_ROOT_PASSWORD=changeme",
        "RABBITMQ_DEFAULT_PASS=guest",
        "API_KEY=abcdef",
        "APIKEY=abcdef",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI",
        "GITHUB_TOKEN=abc",
        "SECRET=abc",
        "DJANGO_SECRET_KEY=abc",
        "SSH_PRIVATE_KEY=abc"
      })
  void aNameSaysSo(String entry) {
    assertThat(secret(entry)).endsWith("(by its name)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PWD=/srv",
        "OLDPWD=srv",
        "PASSWORD=",
        "PASSWORD_FILE=/run/secrets/p",
        "PASSWORD=/run/secrets/p",
        "TOKEN=${TOKEN}",
        "TOKEN=$TOKEN",
        "ALLOW_EMPTY_PASSWORD=yes",
        "TOKEN_TTL=3600",
        "SECRET_LENGTH=32",
        "KEYBOARD=us",
        "MONKEY=banana",
        "PASSENGER_COUNT=nine",
        "COMPASS=north",
        "AUTHOR=somebody",
        "DATABASE_URL=postgres://db/app",
        "PROXY=http://proxy:3128",
        "URL=https://example.org/a@b:c"
      })
  void andThisIsNone(String entry) {
    assertThat(secret(entry)).isEqualTo("null");
  }

  @Test
  void aValueHasTheFormOfOne() {
    assertThat(secret("X=-----BEGIN RSA PRIVATE KEY-----\nMII")).isEqualTo("X (a private key)");
    assertThat(secret("X=AKIAIOSFODNN7EXAMPLE")).isEqualTo("X (an AWS access key)");
    assertThat(secret("X=postgres://app:s3cret@db/app")).isEqualTo("X (a password in a URL)");
    assertThat(secret("X=ghp_" + "a".repeat(36))).isEqualTo("X (a GitHub token)");
    assertThat(secret("X=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc"))
        .isEqualTo("X (a JSON Web Token)");
  }

  @Test
  void aLongValueTakesNoLongTime() {
    assertThat(secret("X=" + "a:/".repeat(100_000))).isEqualTo("null");
    assertThat(secret("X=" + "eyJaaaaaaaa".repeat(30_000))).isEqualTo("null");
  }
}
