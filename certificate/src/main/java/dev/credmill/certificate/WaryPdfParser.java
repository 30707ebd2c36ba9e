package dev.credmill.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * PDFBox unpacks the streams that it needs to find its way in a file whole and into memory, however
 * much that is. Here each of them is measured first, by unpacking it into nothing.
 */
final class WaryPdfParser extends PDFParser {
  /** Tables of objects and the streams that hold objects, unpacked, of a whole file. */
  private static final long MOST_UNPACKED = 4 * 1024 * 1024;

  /** Ten thousand objects where a certificate has a hundred. */
  private static final long LONGEST_TABLE = 64 * 1024;

  private static final int LONGEST_LINE = 1024;
  private long unpacked;

  WaryPdfParser(RandomAccessRead source) throws IOException {
    super(source, "", null, null, IOUtils.createMemoryOnlyStreamCache());
  }

  /** What no certificate would need; its message is for whoever sent the file. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1;

    TooMuch(String message) {
      super(message);
    }
  }

  @Override
  protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
    COSStream stream = super.parseCOSStream(dictionary);
    COSName type = stream.getCOSName(COSName.TYPE);
    if (COSName.XREF.equals(type)) {
      measure(stream, LONGEST_TABLE);
    } else if (COSName.OBJ_STM.equals(type)) {
      measure(stream, MOST_UNPACKED);
    }
    return stream;
  }

  @Override
  protected void prepareDecryption() throws IOException {
    if (document.isEncrypted()) {
      throw new TooMuch("The PDF is encrypted; send it as it was downloaded, or the link.");
    }
  }

  private void measure(COSStream stream, long most) throws IOException {
    predictor(stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP));
    try (InputStream content = unpacking(stream)) {
      long length = 0;
      byte[] nowhere = new byte[8192];
      for (int read = content.read(nowhere); read > 0; read = content.read(nowhere)) {
        length += read;
        unpacked += read;
        if (length > most || unpacked > MOST_UNPACKED) {
          throw new TooMuch("The PDF holds more than any certificate: unpacked it is too large.");
        }
      }
    }
  }

  /** A line that is as long as its header says would be made at once. */
  private static void predictor(COSBase parameters) throws TooMuch {
    if (parameters instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        predictor(array.getObject(i));
      }
    }
    if (parameters instanceof COSDictionary dictionary
        && (dictionary.getInt(COSName.COLUMNS, 1) > LONGEST_LINE
            || dictionary.getInt(COSName.COLORS, 1) > 4
            || dictionary.getInt(COSName.BITS_PER_COMPONENT, 8) > 16)) {
      throw new TooMuch("The PDF holds more than any certificate: its tables are too wide.");
    }
  }

  /** The content as it comes, for streams that are packed in the usual way or not at all. */
  static InputStream unpacking(COSStream stream) throws IOException {
    COSBase filters = stream.getFilters();
    if (filters instanceof COSArray array && array.size() <= 1) {
      filters = array.size() == 0 ? null : array.getObject(0);
    }
    if (filters == null) {
      return stream.createRawInputStream();
    }
    if (filters.equals(COSName.FLATE_DECODE)) {
      return new InflaterInputStream(stream.createRawInputStream());
    }
    throw new TooMuch("The PDF is packed in a way that no certificate is.");
  }
}
