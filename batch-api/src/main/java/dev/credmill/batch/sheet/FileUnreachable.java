package dev.credmill.batch.sheet;

/**
 * The stored file, or the disk that its reading needs, is not to be had just now, which says
 * nothing about the file.
 */
public final class FileUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FileUnreachable(Throwable cause) {
    super("the stored file could not be read", cause);
  }
}
