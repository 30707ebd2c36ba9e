package dev.credmill.certificate;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A filled certificate as a picture, in three forms. Its texts are outlines of bundled fonts: it
 * looks the same everywhere and needs no fonts where it is shown.
 */
public final class Certificate {
  /** The longer side of A4, in points. */
  private static final float LONGER_SIDE = PDRectangle.A4.getHeight();

  private static final int NARROWEST = 16;
  private static final int WIDEST = 4_000;
  private static final long MOST_PIXELS = 16_000_000;

  private final String svg;

  Certificate(String svg) {
    this.svg = svg;
  }

  /** SVG without scripts, styles from elsewhere, links or fonts: for an img element, or inline. */
  public String svg() {
    return svg;
  }

  /**
   * A PNG of that width.
   *
   * @param widthPixels from 16 to 4000
   */
  public byte[] png(int widthPixels) {
    if (widthPixels < NARROWEST || widthPixels > WIDEST) {
      throw new IllegalArgumentException(
          "a PNG is %d to %d pixels wide: %d".formatted(NARROWEST, WIDEST, widthPixels));
    }
    try (Drawing drawing = new Drawing(svg)) {
      Drawing.Picture picture = drawing.picture();
      double scale = widthPixels / picture.size().getWidth();
      long height = Math.max(1, Math.round(picture.size().getHeight() * scale));
      if (height * widthPixels > MOST_PIXELS) {
        throw new IllegalArgumentException(
            "a PNG has %d pixels at most: %d x %d".formatted(MOST_PIXELS, widthPixels, height));
      }
      BufferedImage image =
          new BufferedImage(widthPixels, (int) height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      try {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, widthPixels, (int) height);
        picture.paint(graphics, scale);
      } finally {
        graphics.dispose();
      }
      ImageIO.setUseCache(false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A PDF of one page, drawn as vectors, its longer side that of A4.
   *
   * @param title what a reader's window shows; also found by search
   * @param attachments files that travel inside
   */
  public byte[] pdf(String title, Attachment... attachments) {
    try (Drawing drawing = new Drawing(svg);
        PDDocument document = new PDDocument()) {
      Drawing.Picture picture = drawing.picture();
      float scale =
          (float) (LONGER_SIDE / Math.max(picture.size().getWidth(), picture.size().getHeight()));
      PDRectangle size =
          new PDRectangle(
              (float) picture.size().getWidth() * scale,
              (float) picture.size().getHeight() * scale);
      PDPage page = new PDPage(size);
      document.addPage(page);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, size);
      try {
        picture.paint(graphics, scale);
      } finally {
        graphics.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      describe(document, title);
      attach(document, attachments);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds all that would be painted, and paints nothing. */
  void draw() {
    try (Drawing drawing = new Drawing(svg)) {
      drawing.picture();
    }
  }

  private static void describe(PDDocument document, String title) {
    document.getDocumentInformation().setTitle(title);
    document.getDocumentInformation().setCreator("Credmill");
    PDViewerPreferences preferences =
        new PDViewerPreferences(new org.apache.pdfbox.cos.COSDictionary());
    preferences.setDisplayDocTitle(true);
    document.getDocumentCatalog().setViewerPreferences(preferences);
  }

  private static void attach(PDDocument document, Attachment... attachments) throws IOException {
    if (attachments.length == 0) {
      return;
    }
    Map<String, PDComplexFileSpecification> files = new LinkedHashMap<>();
    COSArray associated = new COSArray();
    for (Attachment attachment : attachments) {
      byte[] content = attachment.content();
      PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(content));
      file.setSubtype(attachment.mediaType());
      file.setSize(content.length);
      PDComplexFileSpecification specification = new PDComplexFileSpecification();
      specification.setFile(attachment.name());
      specification.setFileUnicode(attachment.name());
      specification.setFileDescription(attachment.description());
      specification.setEmbeddedFile(file);
      specification.setEmbeddedFileUnicode(file);
      // ISO 32000-2, 14.13: the page is a picture of what is attached.
      specification.getCOSObject().setName("AFRelationship", "Source");
      files.put(attachment.name(), specification);
      associated.add(specification.getCOSObject());
    }
    PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
    tree.setNames(files);
    PDDocumentCatalog catalog = document.getDocumentCatalog();
    PDDocumentNameDictionary names = new PDDocumentNameDictionary(catalog);
    names.setEmbeddedFiles(tree);
    catalog.setNames(names);
    catalog.getCOSObject().setItem(COSName.getPDFName("AF"), associated);
  }
}
