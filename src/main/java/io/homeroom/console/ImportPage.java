package io.homeroom.console;

import io.homeroom.papers.RosterImport;
import io.homeroom.papers.Unreadable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Taking a roster from a workbook: looked at first, entered whole or not at all. */
@Controller
class ImportPage {

    private static final int SHOWN = 200;
    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /**
     * What an import would do.
     *
     * @param seal of the file that was looked at: only that one is entered
     * @param more how many lines are not shown
     */
    private record View(
            @Nullable String trouble,
            RosterImport.@Nullable Result result,
            List<RosterImport.Found> found,
            int more,
            boolean ready,
            String seal) {}

    private final RosterImport roster;

    ImportPage(RosterImport roster) {
        this.roster = roster;
    }

    @GetMapping("/console/{code}/import")
    String blank(Visitor visitor, Model model) {
        may(visitor);
        model.addAttribute("preview", null);
        return "console/import";
    }

    @GetMapping("/console/{code}/import/template")
    ResponseEntity<byte[]> template(Visitor visitor) throws IOException {
        may(visitor);
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        roster.template(workbook);
        return ResponseEntity.ok()
                .contentType(WORKBOOK)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("会员名册模板.xlsx", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(workbook.toByteArray());
    }

    /** Looks at a file; with {@code confirmed}, the seal of the file looked at before, enters it. */
    @PostMapping("/console/{code}/import")
    String take(
            Visitor visitor,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            @RequestParam(name = "confirmed", defaultValue = "") String confirmed,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        may(visitor);
        byte[] content = file == null ? new byte[0] : file.getBytes();
        String seal = seal(content);
        if (content.length == 0) {
            return show(trouble("请先选择要导入的 .xlsx 文件"), part, model);
        }
        if (!confirmed.isEmpty() && !confirmed.equals(seal)) {
            return show(trouble("文件和刚才看过的不同，请重新试算"), part, model);
        }
        List<RosterImport.Found> found = new ArrayList<>();
        int[] count = {0};
        try {
            boolean enter = !confirmed.isEmpty();
            RosterImport.Result result = enter
                    ? roster.enter(
                            new ByteArrayInputStream(content), visitor.username(), one -> keep(found, count, one))
                    : roster.look(new ByteArrayInputStream(content), one -> keep(found, count, one));
            if (enter && result.rejected() == 0) {
                String done = result.entered()
                        ? "已导入：新增" + result.added() + "家，变更" + result.changed() + "家。"
                        : "名册已是这样，没有改动。";
                String members = visitor.at("members");
                if (part == null) {
                    next.addFlashAttribute("done", done);
                    return "redirect:" + members;
                }
                // A redirect would be followed into the preview's place: the page itself goes on.
                RequestContextUtils.getOutputFlashMap(request).put("done", done);
                RequestContextUtils.saveOutputFlashMap(members, request, response);
                response.setHeader("HX-Redirect", members);
                return show(trouble(done), part, model);
            }
            boolean ready = result.rejected() == 0 && result.added() + result.changed() > 0;
            return show(new View(null, result, found, Math.max(0, count[0] - found.size()), ready, seal), part, model);
        } catch (Unreadable e) {
            return show(trouble(e.sentence()), part, model);
        }
    }

    /** The first lines of each sign: faults must not drown in what is well. */
    private static void keep(List<RosterImport.Found> found, int[] count, RosterImport.Found one) {
        count[0]++;
        if (found.stream().filter(other -> other.sign() == one.sign()).count() < SHOWN) {
            found.add(one);
        }
    }

    private static View trouble(String sentence) {
        return new View(sentence, null, List.of(), 0, false, "");
    }

    private static String show(View view, @Nullable String part, Model model) {
        model.addAttribute("preview", view);
        return part == null ? "console/import" : "console/import :: preview";
    }

    private static void may(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
    }

    private static String seal(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
