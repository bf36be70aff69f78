package dev.weir.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 of which one can ask whether something that was written to them was also forced to the disk: for a database at
 * {@code jdbc:h2:forced:/path}. What nobody forced is gone with the machine's power.
 */
public final class ForcedFiles extends FilePathWrapper {

    private static final String SCHEME = "forced";
    private static final StringBuilder FORCED = new StringBuilder();
    private static final StringBuilder WRITTEN = new StringBuilder();

    /** The beginning of an address. */
    static String scheme() {
        FilePath.register(new ForcedFiles());
        return SCHEME + ":";
    }

    /** Where this text is now. */
    static synchronized String whereIs(String text) {
        if (FORCED.indexOf(text) >= 0) {
            return "on the disk";
        }
        return WRITTEN.indexOf(text) >= 0 ? "written, and nobody waited for the disk" : "in no file";
    }

    private static synchronized void written(StringBuilder waiting, ByteBuffer bytes) {
        var text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        waiting.append(text);
        WRITTEN.append(text);
    }

    private static synchronized void forced(StringBuilder waiting) {
        FORCED.append(waiting);
        waiting.setLength(0);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Watched(getBase().open(mode));
    }

    /** One open file; the writer of an H2 is alone, so nothing is written while it forces. */
    private static final class Watched extends FileBase {

        private final FileChannel file;
        private final StringBuilder waiting = new StringBuilder();

        Watched(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            written(waiting, bytes.duplicate());
            return file.write(bytes);
        }

        @Override
        public synchronized int write(ByteBuffer bytes, long position) throws IOException {
            written(waiting, bytes.duplicate());
            return file.write(bytes, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
            forced(waiting);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public synchronized int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
