package io.homeroom.casework;

import io.homeroom.ground.Outcome;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A photo or PDF as it is kept. What it is, its first bytes say, never its name or what the sender calls it. Photos are
 * drawn anew: what else a file carried (where it was taken, a second file behind the first) is gone, and its size is
 * known before a pixel is unpacked.
 *
 * @param media {@code image/jpeg} or {@code application/pdf}
 * @param thumbnail a small JPEG; null for a PDF
 */
@SuppressWarnings("ArrayRecordComponent")
public record Scan(String media, byte[] content, byte @Nullable [] thumbnail) {

    static final String JPEG = "image/jpeg";
    static final String PDF = "application/pdf";

    /** Largest upload. */
    static final int MOST_BYTES = 8 << 20;

    private static final long MOST_PIXELS = 50_000_000;
    private static final int LONGEST = 2400;
    private static final int THUMBNAIL = 240;
    private static final int SMALLEST = 32;
    private static final int TAIL = 2048;
    /** Unpacking takes memory: two at a time. */
    private static final Semaphore DESKS = new Semaphore(2, true);

    /** Looks at an upload; a refusal says what to send instead. */
    public static Outcome<Scan> of(byte[] upload) {
        if (upload.length == 0) {
            return Outcome.refused("文件是空的，请重新选择");
        }
        if (upload.length > MOST_BYTES) {
            return tooLarge();
        }
        if (starts(upload, 0xFF, 0xD8, 0xFF)) {
            return photo(upload, "jpeg");
        }
        if (starts(upload, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return photo(upload, "png");
        }
        if (starts(upload, '%', 'P', 'D', 'F', '-')) {
            return pdf(upload);
        }
        return Outcome.refused("只收 JPG、PNG 照片或 PDF，这个文件不是；可以截图或另存为 JPG 再传");
    }

    static <T> Outcome<T> tooLarge() {
        return Outcome.refused("文件超过 " + (MOST_BYTES >> 20) + " MB，请压缩或拍得小一些再传");
    }

    private static boolean starts(byte[] upload, int... first) {
        if (upload.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((upload[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    /** A PDF is kept as it is: it is never shown inside a page of ours, only handed out as a file. */
    private static Outcome<Scan> pdf(byte[] upload) {
        String tail = new String(
                upload, Math.max(0, upload.length - TAIL), Math.min(TAIL, upload.length), StandardCharsets.ISO_8859_1);
        if (!tail.contains("%%EOF")) {
            return Outcome.refused("这份 PDF 不完整，请重新导出再传");
        }
        if (new String(upload, StandardCharsets.ISO_8859_1).contains("/Encrypt")) {
            return Outcome.refused("这份 PDF 设了密码或限制，审核人打不开；请去掉后再传");
        }
        return Outcome.done(new Scan(PDF, upload, null));
    }

    private static Outcome<Scan> photo(byte[] upload, String format) {
        DESKS.acquireUninterruptibly();
        try {
            BufferedImage image = read(upload, format);
            if (image == null) {
                return Outcome.refused("照片太大或太小，请用手机正常拍一张再传");
            }
            int held = format.equals("jpeg") ? Exif.orientation(upload) : 1;
            BufferedImage upright = upright(fit(image, LONGEST), held);
            return Outcome.done(new Scan(JPEG, jpeg(upright), jpeg(fit(upright, THUMBNAIL))));
        } catch (IOException | RuntimeException broken) {
            // Whatever the bytes did to the reader, the sender hears the same.
            return Outcome.refused("照片打不开，可能没有传完；请重新拍一张或另存为 JPG 再传");
        } finally {
            DESKS.release();
        }
    }

    /** Null if it has too many pixels or too few to be a document. */
    private static @Nullable BufferedImage read(byte[] upload, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(upload))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS || Math.min(width, height) < SMALLEST) {
                return null;
            }
            ImageReadParam how = reader.getDefaultReadParam();
            // Up to twice what is kept: drawing it smaller stays sharp, and what is unpacked stays small.
            int step = (Math.max(width, height) + 2 * LONGEST - 1) / (2 * LONGEST);
            how.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, how);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage fit(BufferedImage image, int longest) {
        BufferedImage now = image;
        // By halves: one great leap would skip pixels and break thin strokes.
        while (Math.max(now.getWidth(), now.getHeight()) > 2 * longest) {
            now = draw(now, Math.max(1, now.getWidth() / 2), Math.max(1, now.getHeight() / 2));
        }
        double scale = Math.min(1, (double) longest / Math.max(now.getWidth(), now.getHeight()));
        return draw(now, Math.max(1, (int) Math.round(now.getWidth() * scale)), Math.max(1, (int)
                Math.round(now.getHeight() * scale)));
    }

    private static BufferedImage draw(BufferedImage image, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawn.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return drawn;
    }

    /** Turns a picture as its camera says it was held, because that word is lost in drawing it anew. */
    private static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return image;
        }
        int w = image.getWidth();
        int h = image.getHeight();
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            default -> new AffineTransform(0, -1, 1, 0, 0, w);
        };
        boolean lying = orientation >= 5;
        BufferedImage turned = new BufferedImage(lying ? h : w, lying ? w : h, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = turned.createGraphics();
        pen.drawImage(image, turn, null);
        pen.dispose();
        return turned;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(0.82f);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The one thing in a photo's own notes that matters: how the camera was held. */
    private static final class Exif {

        private static final int ORIENTATION = 0x0112;

        private Exif() {}

        /** 1 to 8 as the camera noted it; 1 where it did not, or noted nonsense. */
        static int orientation(byte[] jpeg) {
            int at = 2;
            while (at + 4 < jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
                int marker = jpeg[at + 1] & 0xFF;
                int length = word(jpeg, at + 2, false);
                if (marker == 0xDA || length < 2) {
                    return 1;
                }
                boolean exif = marker == 0xE1
                        && at + 10 < jpeg.length
                        && new String(jpeg, at + 4, 4, StandardCharsets.ISO_8859_1).equals("Exif");
                if (exif) {
                    return inside(jpeg, at + 10, Math.min(jpeg.length, at + 2 + length));
                }
                at += 2 + length;
            }
            return 1;
        }

        private static int inside(byte[] jpeg, int start, int end) {
            if (start + 8 > end) {
                return 1;
            }
            boolean little = jpeg[start] == 'I';
            long first = number(jpeg, start + 4, little);
            if (first < 8 || start + first + 2 > end) {
                return 1;
            }
            int at = start + (int) first;
            int count = word(jpeg, at, little);
            for (int i = 0; i < count && at + 2 + 12 * (i + 1) <= end; i++) {
                int entry = at + 2 + 12 * i;
                if (word(jpeg, entry, little) == ORIENTATION) {
                    int value = word(jpeg, entry + 8, little);
                    return value >= 1 && value <= 8 ? value : 1;
                }
            }
            return 1;
        }

        private static int word(byte[] bytes, int at, boolean little) {
            int a = bytes[at] & 0xFF;
            int b = bytes[at + 1] & 0xFF;
            return little ? b << 8 | a : a << 8 | b;
        }

        private static long number(byte[] bytes, int at, boolean little) {
            long a = word(bytes, at, little);
            long b = word(bytes, at + 2, little);
            return little ? b << 16 | a : a << 16 | b;
        }
    }
}
