package plimsoll.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private ClientConfig config(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), json);
    return new ClientConfig(file, () -> "registry of all");
  }

  private static JsonNode header(ClientConfig config, String image) throws IOException {
    return MAPPER.readTree(Base64.getUrlDecoder().decode(config.header(image)));
  }

  @Test
  void whoHasLoggedInPulls() throws IOException {
    String auth =
        Base64.getEncoder().encodeToString("me:pass:word".getBytes(StandardCharsets.UTF_8));
    ClientConfig config =
        config(
            "{\"auths\": {\"registry.example:5000\": {\"auth\": \""
                + auth
                + "\"}, \"registry of all\": {\"auth\": \"!\"}}}");
    JsonNode mine = header(config, "registry.example:5000/team/app:1");
    assertThat(mine.path("username").asText()).isEqualTo("me");
    assertThat(mine.path("password").asText()).isEqualTo("pass:word");
    assertThat(mine.path("serveraddress").asText()).isEqualTo("registry.example:5000");
    JsonNode other = header(config, "team/app");
    assertThat(other.path("serveraddress").asText()).isEqualTo("registry of all");
    assertThat(other.has("username")).isFalse();
  }

  @Test
  void withoutAFileOrWithABrokenOneNobodyHas() throws IOException {
    assertThat(header(new ClientConfig(folder.resolve("none"), () -> "x"), "a").has("username"))
        .isFalse();
    assertThat(config("{").detachKeys()).isNull();
    assertThat(header(config("{\"credsStore\": \"../../bin/sh\"}"), "a").has("username")).isFalse();
  }

  @Test
  void containersAreToldOfProxies() throws IOException {
    ClientConfig config =
        config(
            "{\"detachKeys\": \"ctrl-a\", \"proxies\": {\"default\": {\"httpProxy\": \"http://p:1\","
                + " \"noProxy\": \"localhost\"}, \"unix:///other\": {\"httpsProxy\": \"http://q:2\"}}}");
    ObjectNode body = MAPPER.createObjectNode();
    body.putArray("Env").add("A=1").add("http_proxy=mine");
    config.addProxies(body, "unix:///s");
    assertThat(body.path("Env").toString())
        .isEqualTo(
            "[\"A=1\",\"http_proxy=mine\",\"HTTP_PROXY=http://p:1\",\"NO_PROXY=localhost\",\"no_proxy=localhost\"]");
    ObjectNode other = MAPPER.createObjectNode();
    config.addProxies(other, "unix:///other");
    assertThat(other.toString())
        .isEqualTo("{\"Env\":[\"HTTPS_PROXY=http://q:2\",\"https_proxy=http://q:2\"]}");
    ObjectNode none = MAPPER.createObjectNode();
    config("{}").addProxies(none, "unix:///s");
    assertThat(none.isEmpty()).isTrue();
    assertThat(config.detachKeys()).isEqualTo("ctrl-a");
  }
}
