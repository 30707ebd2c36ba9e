package dev.credmill.bench;

import com.opencsv.CSVReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** What reading a sheet takes with the bare library: every cell, and nothing made of it. */
final class BareReading {
  private BareReading() {}

  /** The middle of three readings. */
  static double rowsPerSecond(Path file) throws IOException {
    double[] rates = new double[3];
    for (int i = 0; i < rates.length; i++) {
      long start = System.nanoTime();
      int read = file.toString().endsWith(".csv") ? opencsv(file) : poi(file);
      rates[i] = (read - 1) / ((System.nanoTime() - start) / 1e9);
    }
    Arrays.sort(rates);
    return rates[1];
  }

  /** The rows of a file in CSV with opencsv as it comes, header included. */
  private static int opencsv(Path file) throws IOException {
    try (CSVReader reader =
        new CSVReader(
            new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      int rows = 0;
      while (reader.readNextSilently() != null) {
        rows++;
      }
      return rows;
    }
  }

  /** The rows of a workbook's first sheet with POI's event API as its manual has it. */
  private static int poi(Path file) throws IOException {
    Counter counter = new Counter();
    try (OPCPackage workbook = OPCPackage.open(file.toFile(), PackageAccess.READ);
        InputStream sheet = new XSSFReader(workbook).getSheetsData().next()) {
      ReadOnlySharedStringsTable strings = new ReadOnlySharedStringsTable(workbook);
      XMLReader parser = XMLHelper.newXMLReader();
      parser.setContentHandler(
          new XSSFSheetXMLHandler(
              new XSSFReader(workbook).getStylesTable(), strings, counter, false));
      parser.parse(new InputSource(sheet));
    } catch (OpenXML4JException | SAXException | ParserConfigurationException e) {
      throw new IOException(e);
    }
    return counter.rows;
  }

  private static final class Counter implements XSSFSheetXMLHandler.SheetContentsHandler {
    private int rows;

    @Override
    public void startRow(int number) {
      rows++;
    }

    @Override
    public void endRow(int number) {}

    @Override
    public void cell(String reference, String value, XSSFComment comment) {}
  }
}
