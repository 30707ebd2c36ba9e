package dev.credmill.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/**
 * Takes an {@link Attachment} out of a PDF again that anybody may have written: only as much of it
 * is read as leads there, nothing is painted, and no more is unpacked than is asked for.
 */
public final class AttachedFile {
  private AttachedFile() {}

  /**
   * The file of that name; empty where the PDF carries none.
   *
   * @param name as in {@link Attachment}
   * @param longest its most bytes
   * @throws PdfRefused where the PDF is encrypted, broken, or more than a certificate could be
   */
  public static Optional<byte[]> in(byte[] pdf, String name, int longest) throws PdfRefused {
    try (TiringSource source = new TiringSource(pdf);
        PDDocument document = new WaryPdfParser(source).parse(false)) {
      Optional<PDEmbeddedFile> file = find(document, name);
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(unpacked(file.get().getCOSObject(), longest));
    } catch (WaryPdfParser.TooMuch e) {
      throw new PdfRefused(e.getMessage());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // Whatever the parser stumbles over is the file's doing; what it says may quote the file.
      throw new PdfRefused("The PDF is broken: it does not keep to the rules of its format.");
    }
  }

  private static Optional<PDEmbeddedFile> find(PDDocument document, String name)
      throws IOException {
    PDEmbeddedFilesNameTreeNode files =
        new PDDocumentNameDictionary(document.getDocumentCatalog()).getEmbeddedFiles();
    PDComplexFileSpecification found = files == null ? null : files.getValue(name);
    if (found == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(found.getEmbeddedFileUnicode())
        .or(() -> Optional.ofNullable(found.getEmbeddedFile()));
  }

  private static byte[] unpacked(COSStream stream, int longest) throws IOException {
    try (InputStream content = WaryPdfParser.unpacking(stream)) {
      byte[] bytes = content.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new WaryPdfParser.TooMuch(
            "The file in the PDF is longer than any credential: more than %d bytes."
                .formatted(longest));
      }
      return bytes;
    }
  }
}
