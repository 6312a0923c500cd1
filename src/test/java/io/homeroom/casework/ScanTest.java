package io.homeroom.casework;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Outcome;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("上传的照片和 PDF：看内容，不看名字")
class ScanTest {

    private static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, Color.RED.getRGB());
        for (int x = 0; x < width / 4; x++) {
            for (int y = 0; y < height / 4; y++) {
                image.setRGB(x, y, Color.RED.getRGB());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String refused(byte[] upload) {
        Outcome<Scan> outcome = Scan.of(upload);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Scan>) outcome).refusal().reason();
    }

    /** An Exif segment in big-endian order: how the camera was held, and a text that stands for the place. */
    private static byte[] exif(int orientation) {
        byte[] place = latin("GPS 30.5928N 114.3055E");
        ByteBuffer body = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + place.length);
        body.put(latin("Exif\0\0")).put(latin("MM")).putShort((short) 42).putInt(8);
        body.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        body.putShort((short) orientation).putShort((short) 0).putInt(0).put(place);
        ByteBuffer segment = ByteBuffer.allocate(4 + body.capacity());
        segment.put((byte) 0xFF)
                .put((byte) 0xE1)
                .putShort((short) (2 + body.capacity()))
                .put(body.array());
        return segment.array();
    }

    private static byte[] jpegWith(byte[] segment, int width, int height) {
        byte[] jpeg = picture("jpeg", width, height);
        return joined(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GIF89a,",
                "RIFF\0\0\0\0WEBPVP8 ",
                "\0\0\0\u0018ftypheic",
                "PK\u0003\u0004",
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "MZ\u0090",
                " %PDF-1.7\n%%EOF"
            })
    @DisplayName("不是 JPG、PNG、PDF 的，说清楚该传什么")
    void other_kinds_are_refused(String content) {
        assertThat(refused(latin(content))).contains("只收 JPG、PNG 照片或 PDF");
    }

    @Test
    @DisplayName("空文件、超过上限的、没传完的、太小的：各有一句话")
    void broken_files_are_refused() {
        assertThat(refused(new byte[0])).contains("空的");
        byte[] jpeg = picture("jpeg", 400, 300);
        assertThat(refused(Arrays.copyOf(jpeg, Scan.MOST_BYTES + 1))).contains("超过 8 MB");
        assertThat(Scan.of(Arrays.copyOf(jpeg, Scan.MOST_BYTES)).isDone()).isTrue();
        assertThat(refused(Arrays.copyOf(jpeg, 40))).contains("打不开");
        assertThat(refused(picture("png", 31, 400))).contains("太大或太小");
    }

    @Test
    @DisplayName("几百字节却声称有二十五亿像素的 PNG：没有展开就拒绝")
    void a_bomb_is_refused_before_it_is_unpacked() {
        byte[] png = picture("png", 64, 64);
        ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        assertThat(refused(png)).contains("太大或太小");
    }

    @Test
    @DisplayName("照片里的拍摄地点、跟在后面的另一个文件，都不会留下")
    void what_else_a_photo_carries_is_gone() {
        byte[] upload = joined(jpegWith(exif(1), 400, 300), latin("PK\u0003\u0004 hidden.html <script>"));
        Scan scan = Scan.of(upload).get();
        String kept = new String(scan.content(), StandardCharsets.ISO_8859_1);
        assertThat(kept).doesNotContain("GPS", "Exif", "PK\u0003\u0004", "<script>");
        assertThat(scan.media()).isEqualTo("image/jpeg");
    }

    @Test
    @DisplayName("横着拿手机拍的，转正后再存；大照片缩到够看清的大小")
    void photos_are_turned_and_made_smaller() throws IOException {
        Scan scan = Scan.of(jpegWith(exif(6), 400, 300)).get();
        BufferedImage turned = ImageIO.read(new ByteArrayInputStream(scan.content()));
        assertThat(turned.getWidth()).isEqualTo(300);
        assertThat(turned.getHeight()).isEqualTo(400);
        // The red corner was at the top left; a quarter turn clockwise brings it to the top right.
        assertThat(new Color(turned.getRGB(290, 10)).getRed()).isGreaterThan(200);
        assertThat(new Color(turned.getRGB(10, 10)).getRed()).isLessThan(60);

        Scan large = Scan.of(picture("png", 5000, 1000)).get();
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(large.content()));
        assertThat(small.getWidth()).isLessThanOrEqualTo(2400).isGreaterThan(1200);
        byte[] thumbnail = large.thumbnail();
        assertThat(thumbnail).isNotNull();
        assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail)).getWidth()).isEqualTo(240);
    }

    @Test
    @DisplayName("PDF：完整的原样留下；不完整的、加了密码的，请重新导出")
    void pdfs_are_kept_as_they_are() {
        byte[] pdf = latin("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
        Scan scan = Scan.of(pdf).get();
        assertThat(scan.media()).isEqualTo("application/pdf");
        assertThat(scan.content()).isEqualTo(pdf);
        assertThat(scan.thumbnail()).isNull();
        assertThat(refused(latin("%PDF-1.7\n1 0 obj"))).contains("不完整");
        assertThat(refused(latin("%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF"))).contains("密码");
    }
}
