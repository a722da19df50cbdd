package plimsoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;
import plimsoll.model.Snapshot.Tool;

/** What this program calls itself. */
final class Version implements IVersionProvider {

  static Tool tool() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/plimsoll/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("the program's version file cannot be read", e);
    }
    return new Tool("plimsoll", properties.getProperty("version", "unknown"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {"plimsoll " + tool().version()};
  }
}
