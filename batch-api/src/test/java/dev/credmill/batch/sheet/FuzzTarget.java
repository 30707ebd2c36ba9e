package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What of a file is fuzzed: the whole of it, or one part of an otherwise good workbook. */
enum FuzzTarget {
  FILE(null, Zip.workbook("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>").bytes()),
  TEXT(
      null,
      "First Name,Degree\nAda,\"B\"\"Sc\n\"\n".getBytes(UTF_8),
      "sep=;\rA;\"\r\nB\";\tC\r".getBytes(UTF_8),
      "\uFEFFJos\u00e9\t\uD83D\uDE00\n".getBytes(UTF_8),
      "First Name;5\"\n".getBytes(UTF_16)),
  WORKSHEET(
      "xl/worksheets/sheet1.xml",
      xml(
          "worksheet",
          "<sheetData><row r='2'><c r='A2' t='s' s='1'><v>1</v></c><c t='inlineStr'><is><r><t>a_x000D_</t></r><rPh><t>b</t></rPh></is></c></row></sheetData>"),
      xml(
          "worksheet",
          "<sheetData><row><c s='1'><v>45000.5</v></c><c t='b'><v>1</v></c><c t='d'><v>2026-06-30T10:00:00</v></c><c t='e'><f>A1</f><v>#N/A</v></c></row></sheetData>")),
  STRINGS(
      "xl/sharedStrings.xml",
      xml(
          "sst",
          "<si><t>Name</t></si><si><r><t>A</t></r><r><t>da</t></r><rPh><t>x</t></rPh></si><si/>")),
  STYLES(
      "xl/styles.xml",
      xml(
          "styleSheet",
          "<numFmts><numFmt numFmtId='164' formatCode='[$-409]yyyy\\-mm&quot;h&quot;;@'/></numFmts><cellXfs><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs>")),
  WORKBOOK(
      "xl/workbook.xml",
      xml(
          "workbook",
          "<workbookPr date1904='1'/><sheets><sheet name='a' sheetId='1' state='hidden' r:id='rId1'/><sheet name='b' sheetId='2' r:id='rId1'/></sheets>")),
  RELATIONS(
      "xl/_rels/workbook.xml.rels",
      Zip.relations("worksheet", "worksheets/sheet1.xml", "styles", "/xl/styles.xml")
          .getBytes(UTF_8)),
  CONTENT_TYPES("[Content_Types].xml", Zip.types("x").getBytes(UTF_8));

  private final String part;
  private final List<byte[]> seeds;

  FuzzTarget(String part, byte[]... seeds) {
    this.part = part;
    this.seeds = List.of(seeds);
  }

  List<byte[]> seeds() {
    return seeds;
  }

  /** The whole file. */
  byte[] file(byte[] data) {
    return part == null
        ? data
        : Zip.workbook(
                "<sheetData><row><c t='s' s='1'><v>1</v></c><c s='1'><v>1</v></c></row></sheetData>")
            .part(part, data)
            .bytes();
  }

  private static byte[] xml(String root, String content) {
    return Zip.MAIN.formatted(root, content).getBytes(UTF_8);
  }
}
