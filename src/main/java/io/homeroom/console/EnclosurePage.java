package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Counter;
import io.homeroom.casework.Enclosure;
import io.homeroom.casework.Enclosures;
import io.homeroom.casework.Itineraries;
import io.homeroom.casework.Itinerary;
import io.homeroom.ground.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pictures and PDFs of a case, for those who decide or look after the member: looked at small on the case's page,
 * opened as files, each opening noted; and asked for again where they will not do.
 */
@Controller
class EnclosurePage {

    /** A file in the list of a case. */
    record Line(String document, String href, boolean picture, String received) {}

    private final CasePage pages;
    private final Enclosures enclosures;
    private final Counter counter;
    private final Itineraries itineraries;

    EnclosurePage(CasePage pages, Enclosures enclosures, Counter counter, Itineraries itineraries) {
        this.pages = pages;
        this.enclosures = enclosures;
        this.counter = counter;
        this.itineraries = itineraries;
    }

    /** Whether the visitor may look at members' papers: the office and the class teacher, nobody who only handles money. */
    static boolean mayLook(Visitor visitor) {
        return visitor.mayInvite();
    }

    /** Whether the visitor may note that a missing paper does not apply: its office, or the secretariat for it. */
    static boolean mayExempt(Visitor visitor, Itinerary.Paper paper) {
        return !paper.filed()
                && !paper.exempts().isEmpty()
                && (visitor.mayEdit() || visitor.staff().offices().contains(paper.exempts()));
    }

    static List<Line> lines(Visitor visitor, CaseView matter, List<Enclosure> files) {
        return files.stream()
                .map(one -> new Line(
                        one.document(),
                        visitor.at("cases/" + matter.id() + "/enclosures/" + one.id()),
                        one.isPicture(),
                        one.receivedOn().toString()))
                .toList();
    }

    @GetMapping("/console/{code}/cases/{id}/enclosures/{enclosure}")
    ResponseEntity<byte[]> open(
            Visitor visitor,
            @PathVariable long id,
            @PathVariable long enclosure,
            @RequestParam(defaultValue = "false") boolean small) {
        CaseView matter = pages.matter(visitor, id);
        if (!mayLook(visitor)) {
            throw new NotHere();
        }
        Enclosure found = enclosures.find(id, enclosure).orElseThrow(NotHere::new);
        if (small) {
            return enclosures
                    .thumbnail(enclosure)
                    .map(picture -> ResponseEntity.ok()
                            .contentType(MediaType.IMAGE_JPEG)
                            .body(picture))
                    .orElseThrow(NotHere::new);
        }
        byte[] content = enclosures.open(found, matter.memberId(), visitor.username());
        String name = matter.subject() + "-" + found.document() + (found.isPicture() ? ".jpg" : ".pdf");
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.parseMediaType(found.media()))
                .body(content);
    }

    /** Notes that a paper does not apply to whoever filed the case, and why. */
    @PostMapping("/console/{code}/cases/{id}/exempt")
    String exempt(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String document,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "") String seen,
            RedirectAttributes next) {
        CaseView matter = pages.matter(visitor, id);
        if (CasePage.stale(matter, seen, next)) {
            return "redirect:" + visitor.at("cases/" + id);
        }
        boolean may = itineraries.of(id).stream()
                .flatMap(way -> way.papers().stream())
                .anyMatch(paper -> paper.name().equals(document) && mayExempt(visitor, paper));
        if (!may) {
            throw new NotHere();
        }
        Outcome<CaseView> outcome = counter.exempt(matter.id(), document, why, visitor.username());
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "已注明" + document + "不适用，对方会看到。");
        }
        return "redirect:" + visitor.at("cases/" + id);
    }

    @PostMapping("/console/{code}/cases/{id}/again")
    String again(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable List<String> documents,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "") String seen,
            RedirectAttributes next) {
        CaseView matter = pages.matter(visitor, id);
        if (!mayLook(visitor)) {
            throw new NotHere();
        }
        if (CasePage.stale(matter, seen, next)) {
            return "redirect:" + visitor.at("cases/" + id);
        }
        List<String> again = documents == null ? List.of() : documents;
        Outcome<CaseView> outcome = counter.askAgain(matter.id(), again, why, visitor.username());
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "已请对方重交：" + String.join("、", again) + "。");
        }
        return "redirect:" + visitor.at("cases/" + id);
    }
}
