package io.homeroom.papers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("信函：印出来的字都在，哪里看都一样")
class LettersTest {

    private final Letters letters = new Letters();

    @Test
    @DisplayName("中文原样印出，字体嵌在文件里，长表自动分页")
    void the_chinese_is_there_and_its_font_too() throws Exception {
        byte[] pdf = letters.print("specimen", facts("贵单位应缴的2026年度会费至今未到账，请于收到本函之日起三十日内答复。".repeat(6), null, 120));

        try (PDDocument paper = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(paper).replaceAll("\\s", "");
            assertThat(text).contains("样张：会费缴纳告知书", "请于收到本函之日起三十日内答复。", "加粗的句子", "第120家建设集团", "<b>&不是标签");
            assertThat(paper.getNumberOfPages()).isGreaterThan(2);
            List<PDFont> fonts = fonts(paper);
            assertThat(fonts).isNotEmpty().allMatch(PDFont::isEmbedded);
            assertThat(fonts).extracting(PDFont::getName).allMatch(name -> name.contains("NotoSansSC"));
        }
        assertThat(pdf.length).as("only the characters used").isLessThan(300_000);
        if (System.getProperty("homeroom.papers.keep") != null) {
            Files.write(Path.of(System.getProperty("homeroom.papers.keep")), pdf);
        }
    }

    @Test
    @DisplayName("别人写来的控制字符不会让信印不出来")
    void what_no_paper_can_show_is_left_out() throws Exception {
        byte[] pdf = letters.print("specimen", facts("前\u0000\u0007\uFFFF\uD800后，⽇⽉", null, 1));
        try (PDDocument paper = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(paper)).contains("前后，日月");
        }
    }

    @Test
    @DisplayName("信里的图片只能随信带来：不读本机文件，不连别处")
    void nothing_is_fetched(@TempDir Path folder) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        elsewhere.start();
        try {
            String url = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/a.png";
            assertThat(pictures(letters.print("specimen", facts("图", url, 1)))).isZero();
            assertThat(asked).hasValue(0);
            Path secret = Files.write(folder.resolve("a.png"), PIXEL);
            assertThat(pictures(
                            letters.print("specimen", facts("图", secret.toUri().toString(), 1))))
                    .isZero();
            String carried =
                    "data:image/png;base64," + java.util.Base64.getEncoder().encodeToString(PIXEL);
            assertThat(pictures(letters.print("specimen", facts("图", carried, 1))))
                    .isOne();
        } finally {
            elsewhere.stop(0);
        }
    }

    private static final byte[] PIXEL = java.util.Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static Map<String, Object> facts(String said, String picture, int rows) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("said", said + "<b>&不是标签");
        facts.put("bold", "加粗的句子");
        facts.put("picture", picture);
        facts.put(
                "rows",
                IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> List.of("第" + i + "家建设集团", "¥8,000.00"))
                        .toList());
        return facts;
    }

    private static List<PDFont> fonts(PDDocument paper) throws Exception {
        List<PDFont> fonts = new ArrayList<>();
        for (PDPage page : paper.getPages()) {
            for (COSName name : page.getResources().getFontNames()) {
                fonts.add(page.getResources().getFont(name));
            }
        }
        return fonts;
    }

    private static int pictures(byte[] pdf) throws Exception {
        int pictures = 0;
        try (PDDocument paper = Loader.loadPDF(pdf)) {
            for (PDPage page : paper.getPages()) {
                for (COSName name : page.getResources().getXObjectNames()) {
                    pictures += page.getResources().isImageXObject(name) ? 1 : 0;
                }
            }
        }
        return pictures;
    }
}
