package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Verifiers and wallets that nobody here wrote: the tests of e2e/interop, in Node. */
class InteropIT {
  private static final long LONGEST_MINUTES = 8;
  private static final int NO_NODE = 69; // as bin/interop says
  private static QuickstartProcess quickstart;

  @BeforeAll
  static void start() {
    quickstart = QuickstartProcess.start("interop");
  }

  @AfterAll
  static void stop() {
    if (quickstart != null) {
      quickstart.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> otherPeoplesSoftwareTakesWhatIsIssued()
      throws IOException, InterruptedException {
    Path report = Path.of("target", "interop.xml").toAbsolutePath();
    Path output = Path.of("target", "interop.log").toAbsolutePath();
    Files.deleteIfExists(report);
    Process node =
        new ProcessBuilder("../bin/interop", "--url=" + quickstart.url(), "--report=" + report)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    node.getOutputStream().close();
    if (!node.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      node.descendants().forEach(ProcessHandle::destroyForcibly);
      node.destroyForcibly().waitFor();
      throw new AssertionError("it does not end:\n" + Files.readString(output));
    }
    if (node.exitValue() == NO_NODE) {
      String why = Files.readString(output);
      return Stream.of(dynamicTest("Node", () -> unavailable(why)));
    }
    assertThat(report).as(Files.readString(output)).exists();
    List<DynamicTest> tests = results(report);
    assertThat(tests).as(Files.readString(output)).isNotEmpty();
    // Node also fails where no test did, such as when a file cannot be read.
    return Stream.concat(
        tests.stream(),
        Stream.of(
            dynamicTest(
                "all of it",
                () -> assertThat(node.exitValue()).as(Files.readString(output)).isZero())));
  }

  /** Where everything is to be checked, nothing may be left out. */
  private static void unavailable(String why) {
    System.err.println(why);
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError(why);
    }
    abort(why);
  }

  private static List<DynamicTest> results(Path report) throws IOException {
    try {
      NodeList cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      List<DynamicTest> tests = new ArrayList<>();
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        tests.add(dynamicTest(name(test), () -> passed(test)));
      }
      return tests;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static String name(Element test) {
    String name = test.getAttribute("name");
    return test.getParentNode() instanceof Element suite && suite.getTagName().equals("testsuite")
        ? suite.getAttribute("name") + " " + name
        : name;
  }

  private static void passed(Element test) {
    assertThat(test.getElementsByTagName("skipped").getLength()).as("skipped").isZero();
    NodeList failures = test.getElementsByTagName("failure");
    if (failures.getLength() > 0) {
      throw new AssertionError(failures.item(0).getTextContent());
    }
  }
}
