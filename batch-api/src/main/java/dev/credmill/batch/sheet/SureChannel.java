package dev.credmill.batch.sheet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for libraries that throw the same exceptions for a damaged archive and for a failing disk:
 * what the disk does comes out as {@link FileUnreachable}, so that the rest is the archive's fault.
 */
final class SureChannel implements SeekableByteChannel {
  private final FileChannel file;

  SureChannel(Path path) {
    this.file = sure(() -> FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public int read(ByteBuffer target) {
    return sure(() -> file.read(target));
  }

  @Override
  public long position() {
    return sure(file::position);
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    if (position < 0) {
      throw new IOException("a place before the file");
    }
    sure(() -> file.position(position));
    return this;
  }

  @Override
  public long size() {
    return sure(file::size);
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {
    sure(
        () -> {
          file.close();
          return null;
        });
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  private static <T> T sure(Work<T> work) {
    try {
      return work.done();
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }

  private interface Work<T> {
    T done() throws IOException;
  }
}
