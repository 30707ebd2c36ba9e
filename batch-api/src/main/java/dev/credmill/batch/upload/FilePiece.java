package dev.credmill.batch.upload;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * A piece of an uploaded file as it is stored: packed where that saves something, since the
 * database writes every byte twice. A CSV becomes a third of itself; a workbook is packed already.
 *
 * @param unpackedLength null where the content stands there as it is
 */
record FilePiece(byte[] content, Integer unpackedLength) {
  private static final LZ4Compressor PACKER = LZ4Factory.fastestInstance().fastCompressor();
  private static final LZ4SafeDecompressor UNPACKER =
      LZ4Factory.fastestInstance().safeDecompressor();

  static FilePiece of(byte[] content) {
    byte[] room = new byte[PACKER.maxCompressedLength(content.length)];
    int length = PACKER.compress(content, room);
    return length < content.length
        ? new FilePiece(Arrays.copyOf(room, length), content.length)
        : new FilePiece(content, null);
  }

  byte[] unpacked() {
    return unpackedLength == null ? content : UNPACKER.decompress(content, unpackedLength);
  }
}
