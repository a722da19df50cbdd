package plimsoll.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that keeps account of what pages complain of and ask for. */
public final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one. */
  public static Browser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    // As root it has no sandbox; what it opens was written here.
    options.addArguments(
        "--headless=new",
        "--force-prefers-reduced-motion",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable("browser", Level.ALL);
    logs.enable("performance", Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(program("chromedriver")))
            .usingAnyFreePort()
            .withLogOutput(java.io.OutputStream.nullOutputStream())
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(new Dimension(1280, 1000));
    return new Browser(driver);
  }

  private static String program(String name) {
    return Requirements.find(name)
        .map(Path::toString)
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }

  /** The driver itself. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Opens a file, optionally at a place in it. */
  public void open(Path file, String fragment) {
    // From another page, so that a fragment alone does not keep the old one.
    driver.get("about:blank");
    requests();
    driver.get(file.toUri() + fragment);
  }

  /** Has pages see a preference of their reader, such as {@code prefers-color-scheme}. */
  public void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** Runs a script in the page. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What the console says since it was last asked. */
  public List<String> console() {
    return driver.manage().logs().get("browser").getAll().stream().map(LogEntry::toString).toList();
  }

  /** Addresses that were asked for since this was last called. */
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get("performance")) {
      String text = entry.getMessage();
      int url = text.indexOf("\"url\":\"", text.indexOf("\"request\":"));
      if (text.contains("\"Network.requestWillBeSent\"") && url >= 0) {
        addresses.add(text.substring(url + 7, text.indexOf('"', url + 7)));
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
