package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackageRelationshipCollection;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.openxml4j.opc.ZipPackagePart;

/**
 * An XLSX file, opened: its parts as their relations name them, since their paths are nobody's
 * duty. POI finds the parts; their content is read here, where its formatting would lose digits.
 */
final class Workbook implements AutoCloseable {
  private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final List<String> RELATIONS =
      List.of(
          "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
          "http://purl.oclc.org/ooxml/officeDocument/relationships/");
  private static final String SAVE_AS_XLSX =
      " Open it in the spreadsheet program, save it as XLSX and upload that file";

  private final BatchConfig limits;
  private final Archive archive;
  private final OPCPackage parts;
  private final PackagePart main;
  private final SheetList list;

  Workbook(Path file, BatchConfig limits)
      throws IOException, InvalidFormatException, XMLStreamException {
    this.limits = limits;
    this.archive = new Archive(file, limits.workbook());
    try {
      mustBePackage();
      this.parts = OPCPackage.open(archive);
      this.main = main();
      mustBeSpreadsheet(main.getContentType());
      try (InputStream in = open(main)) {
        this.list = SheetList.read(new XmlPart(in, limits.workbook()));
      }
    } catch (IOException
        | InvalidFormatException
        | XMLStreamException
        | RuntimeException
        | Error e) {
      archive.close();
      throw e;
    }
  }

  /** The name of the first worksheet that a person sees. */
  String firstVisible() throws InvalidFormatException {
    for (SheetList.Entry sheet : list.sheets()) {
      if (sheet.visible() && worksheet(sheet) != null) {
        return sheet.name();
      }
    }
    throw ProblemType.FILE_MALFORMED.because(
        "The workbook has no visible worksheet. Put the recipients on its first sheet, unhide it and upload the workbook again");
  }

  boolean from1904() {
    return list.from1904();
  }

  /** The content of a worksheet. */
  ArchiveStream worksheet(String name) throws InvalidFormatException, IOException {
    for (SheetList.Entry sheet : list.sheets()) {
      PackagePart part = sheet.name().equals(name) ? worksheet(sheet) : null;
      if (part != null) {
        return archive.open(entry(part), limits.workbook().maxPart().asLongValue());
      }
    }
    throw Unreadable.malformed("it has no worksheet of the name it had at upload");
  }

  CellStyles styles() throws InvalidFormatException, IOException, XMLStreamException {
    PackagePart part = related("styles");
    if (part == null) {
      return CellStyles.NONE;
    }
    try (InputStream in = open(part)) {
      return CellStyles.read(new XmlPart(in, limits.workbook()));
    }
  }

  /** The content of the shared strings, null when there are none. */
  ArchiveStream strings() throws InvalidFormatException, IOException {
    PackagePart part = related("sharedStrings");
    return part == null
        ? null
        : archive.open(entry(part), limits.workbook().maxPart().asLongValue());
  }

  private void mustBePackage() throws IOException {
    ZipArchiveEntry type = archive.getEntry("mimetype");
    if (type != null) {
      try (InputStream in = archive.getInputStream(type)) {
        String name = new String(in.readNBytes(100), StandardCharsets.US_ASCII);
        if (name.startsWith("application/vnd.oasis.opendocument")) {
          throw unsupported(
              name.contains("spreadsheet")
                  ? "This is an OpenDocument spreadsheet (ODS)."
                  : "This is an OpenDocument file, and no spreadsheet.");
        }
      }
    }
    if (archive.getEntry("[Content_Types].xml") == null) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This is a ZIP archive and no XLSX workbook. If the sheet is inside, unpack the archive and upload the sheet itself; otherwise save it as XLSX or as \"CSV UTF-8\"");
    }
  }

  private PackagePart main() throws InvalidFormatException {
    for (String type :
        List.of(
            PackageRelationshipTypes.CORE_DOCUMENT,
            PackageRelationshipTypes.STRICT_CORE_DOCUMENT)) {
      PackageRelationshipCollection relations = parts.getRelationshipsByType(type);
      PackagePart part = relations.isEmpty() ? null : parts.getPart(relations.getRelationship(0));
      if (part != null) {
        return part;
      }
    }
    archive.mustNotBeRefused();
    if (parts.getRelationships().isEmpty()) {
      throw Unreadable.malformed("its list of relations cannot be read");
    }
    throw unsupported("This ZIP archive holds no workbook.");
  }

  private void mustBeSpreadsheet(String type) {
    String kind = type.toLowerCase(Locale.ROOT);
    if (kind.contains("ms-excel.sheet.binary")) {
      throw unsupported("This is a binary workbook (XLSB).");
    }
    if (kind.contains("macroenabled") || hasMacros()) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This workbook contains macros. Save it as XLSX, without macros, and upload that file");
    }
    if (!kind.startsWith(XLSX)) {
      throw unsupported("This is a document, a presentation or another file that is no workbook.");
    }
  }

  private boolean hasMacros() {
    return archive.names().stream().anyMatch(name -> name.endsWith("vbaproject.bin"));
  }

  private static ProblemException unsupported(String what) {
    return ProblemType.FILE_TYPE_UNSUPPORTED.because(what + SAVE_AS_XLSX);
  }

  /** The part of a sheet; null for a chart sheet, a dialog or a sheet of old macros. */
  private PackagePart worksheet(SheetList.Entry sheet) throws InvalidFormatException {
    PackageRelationship relation = main.getRelationship(sheet.relation());
    if (relation == null) {
      archive.mustNotBeRefused();
      throw Unreadable.malformed("a sheet has no part");
    }
    if (!isOf("worksheet", relation)) {
      return null;
    }
    return target(relation);
  }

  private PackagePart related(String type) throws InvalidFormatException {
    for (PackageRelationship relation : main.getRelationships()) {
      if (isOf(type, relation)) {
        return target(relation);
      }
    }
    return null;
  }

  private PackagePart target(PackageRelationship relation) throws InvalidFormatException {
    if (relation.getTargetMode() == TargetMode.EXTERNAL) {
      throw Unreadable.malformed("a part of it is somewhere else");
    }
    PackagePart part = main.getRelatedPart(relation);
    if (part == null) {
      throw Unreadable.malformed("a part of it is missing");
    }
    return part;
  }

  private static boolean isOf(String type, PackageRelationship relation) {
    return RELATIONS.stream().anyMatch(r -> relation.getRelationshipType().equals(r + type));
  }

  private InputStream open(PackagePart part) throws IOException {
    return archive.open(entry(part), limits.workbook().maxStyles().asLongValue());
  }

  private static ZipArchiveEntry entry(PackagePart part) {
    return ((ZipPackagePart) part).getZipArchive();
  }

  @Override
  public void close() throws IOException {
    parts.revert(); // Closes without a thought of writing.
    archive.close();
  }
}
