package io.homeroom.papers;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Prints what leaves the house on paper: a template below {@code templates/papers} and its facts become an A4 PDF whose
 * Chinese font is embedded, so that it looks the same everywhere.
 *
 * <p>A template is XHTML: every tag is closed. It takes {@code papers/frame} for its sheet, sizes and page numbers.
 */
@Component
public class Letters {

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final Fonts fonts = new Fonts();

    Letters() {
        XRLog.setLoggerImpl(new PrinterLog());
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Letters.class.getClassLoader());
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
    }

    /**
     * Prints a template.
     *
     * @param template its name below {@code templates/papers}, without ending
     * @param facts what the template speaks of; texts are escaped where it writes them with {@code th:text}
     * @return a PDF
     * @throws IllegalArgumentException if the template does not give well-formed XHTML
     */
    public byte[] print(String template, Map<String, ?> facts) {
        Context context = new Context(Locale.SIMPLIFIED_CHINESE);
        facts.forEach(context::setVariable);
        return pdf(printable(engine.process("papers/" + template, context)));
    }

    /** With each character as the font knows it, and without what no paper can show. */
    private static String printable(String html) {
        StringBuilder kept = new StringBuilder(html.length());
        Texts.showable(html).forEach(c -> {
            if (Fonts.isRadical(c)) {
                kept.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            } else {
                kept.appendCodePoint(c);
            }
        });
        return kept.toString();
    }

    private byte[] pdf(String html) {
        ByteArrayOutputStream paper = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder()
                // For keeping: the file carries all it needs to look the same in thirty years.
                .usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_U)
                .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
                .useFont(() -> new ByteArrayInputStream(fonts.regular()), "paper", 400, FontStyle.NORMAL, true)
                .useFont(() -> new ByteArrayInputStream(fonts.bold()), "paper", 700, FontStyle.NORMAL, true)
                .withProducer("Homeroom")
                // A letter brings its pictures along; nothing is fetched, from this machine or any other.
                .useExternalResourceAccessControl(
                        (uri, type) -> uri.startsWith("data:"),
                        ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                .useExternalResourceAccessControl(
                        (uri, type) -> uri.startsWith("data:"), ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI)
                .withHtmlContent(html, null)
                .toStream(paper);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("The letter could not be printed", e);
        }
        return paper.toByteArray();
    }
}
