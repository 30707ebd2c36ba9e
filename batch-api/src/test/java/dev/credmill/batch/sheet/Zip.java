package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook written part by part, so that every part can be as no program would write it. */
final class Zip {
  static final String NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  static final String MAIN =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <%1$s xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">%2$s</%1$s>
      """
          .strip();
  static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private final Map<String, Content> parts = new LinkedHashMap<>();

  /** A good workbook with one worksheet, and in it what is given. */
  static Zip workbook(String worksheet) {
    return new Zip()
        .part("[Content_Types].xml", types(TYPE + "sheet.main+xml"))
        .part("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        .part(
            "xl/workbook.xml",
            MAIN.formatted(
                "workbook", "<sheets><sheet name='People' sheetId='1' r:id='rId1'/></sheets>"))
        .part(
            "xl/_rels/workbook.xml.rels",
            relations(
                "worksheet", "worksheets/sheet1.xml",
                "sharedStrings", "sharedStrings.xml",
                "styles", "styles.xml"))
        .part("xl/worksheets/sheet1.xml", MAIN.formatted("worksheet", worksheet))
        .part(
            "xl/sharedStrings.xml",
            MAIN.formatted("sst", "<si><t>Name</t></si><si><t>Ada</t></si>"))
        .part(
            "xl/styles.xml",
            MAIN.formatted(
                "styleSheet", "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"));
  }

  static String types(String main) {
    return """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/>\
        <Default Extension="bin" ContentType="application/octet-stream"/>\
        <Override PartName="/xl/workbook.xml" ContentType="%s"/>\
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/>\
        <Override PartName="/xl/sharedStrings.xml" ContentType="%ssharedStrings+xml"/>\
        <Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>\
        </Types>
        """
        .formatted(main, TYPE, TYPE, TYPE)
        .strip();
  }

  static String relations(String... typesAndTargets) {
    StringBuilder list =
        new StringBuilder(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (int i = 0; i < typesAndTargets.length; i += 2) {
      list.append(
          "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
              .formatted(i / 2 + 1, OFFICE, typesAndTargets[i], typesAndTargets[i + 1]));
    }
    return list.append("</Relationships>").toString();
  }

  Zip part(String name, String content) {
    return part(name, content.getBytes(UTF_8));
  }

  Zip part(String name, byte[] content) {
    return part(name, out -> out.write(content));
  }

  /** A part that is too large to be held. */
  Zip part(String name, Content content) {
    parts.put(name, content);
    return this;
  }

  /** Writes a part. */
  @FunctionalInterface
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    return bytes.toByteArray();
  }

  Path in(Path folder) {
    Path file = folder.resolve("workbook.xlsx");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The same part with a document type before its root element. */
  Zip typed(String name, String documentType) {
    Content content = parts.get(name);
    return part(
        name,
        out -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          content.to(bytes);
          String xml = bytes.toString(UTF_8);
          int root = xml.startsWith("<?xml") ? xml.indexOf("?>") + 2 : 0;
          out.write((xml.substring(0, root) + documentType + xml.substring(root)).getBytes(UTF_8));
        });
  }

  void write(OutputStream out) {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, Content> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        part.getValue().to(zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
