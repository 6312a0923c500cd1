package io.homeroom.portal;

import io.homeroom.ground.Days;
import io.homeroom.member.Page;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that everybody may read, {@code /a/{code}}, its feed (Atom, RFC 4287) and the published roster. */
@Controller
class PublicPages {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final CacheControl FRESH =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    /** An announcement as the page shows it. */
    private record Item(String id, String on, String title, String cites) {}

    private final Noticeboard noticeboard;
    private final Lawbook law;
    private final BusinessClock clock;
    private final String base;

    PublicPages(
            Noticeboard noticeboard,
            Lawbook law,
            BusinessClock clock,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.noticeboard = noticeboard;
        this.law = law;
        this.clock = clock;
        this.base = base.replaceAll("/+$", "");
    }

    @GetMapping("/a/{code}")
    String announcements(@PathVariable String code, Model model) {
        Rulebook book = law.of(clock.today());
        frame(code, book, model);
        model.addAttribute(
                "items",
                noticeboard.announcements().stream()
                        .map(one -> new Item(
                                Long.toString(one.id()),
                                Days.dated(one.at().atZone(BusinessClock.ZONE).toLocalDate()),
                                one.title(),
                                book.cite(one.clauses())))
                        .toList());
        noticeboard
                .latest()
                .ifPresent(edition ->
                        model.addAttribute("roster", "截至" + Days.dated(edition.on()) + "，" + edition.members() + "家"));
        return "portal/announcements";
    }

    @GetMapping("/a/{code}/members")
    String members(@PathVariable String code, @RequestParam(defaultValue = "0") long after, Model model) {
        Rulebook book = law.of(clock.today());
        frame(code, book, model);
        Optional<Noticeboard.Edition> edition = noticeboard.latest();
        Page<Noticeboard.Line> page = edition.map(one -> noticeboard.lines(one, Math.max(0, after)))
                .orElseGet(() -> new Page<>(List.of(), null));
        model.addAttribute(
                "line",
                edition.map(one -> "截至" + Days.dated(one.on()) + "，共" + one.members() + "家")
                        .orElse("名册还没有发布。"));
        model.addAttribute("lines", page.items());
        model.addAttribute("next", page.next() == null ? "" : Long.toString(page.next()));
        return "portal/roster";
    }

    private static void frame(String code, Rulebook book, Model model) {
        model.addAttribute("code", code);
        model.addAttribute("association", book.name());
    }

    @GetMapping("/a/{code}/feed")
    ResponseEntity<byte[]> feed(@PathVariable String code) throws XMLStreamException {
        Rulebook book = law.of(clock.today());
        List<Noticeboard.Announcement> items = noticeboard.announcements();
        String page = base + "/a/" + code;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        xml.writeStartDocument("UTF-8", "1.0");
        xml.setDefaultNamespace(ATOM);
        xml.writeStartElement(ATOM, "feed");
        xml.writeDefaultNamespace(ATOM);
        element(xml, "id", page);
        element(xml, "title", book.name() + "公告");
        element(
                xml,
                "updated",
                time(items.isEmpty() ? Instant.EPOCH : items.get(0).at()));
        link(xml, "self", page + "/feed");
        link(xml, "alternate", page);
        for (Noticeboard.Announcement item : items) {
            xml.writeStartElement(ATOM, "entry");
            element(xml, "id", page + "#" + item.id());
            element(xml, "title", item.title());
            element(xml, "updated", time(item.at()));
            element(xml, "summary", item.title() + book.cite(item.clauses()));
            xml.writeStartElement(ATOM, "author");
            element(xml, "name", book.name());
            xml.writeEndElement();
            link(xml, "alternate", page + "#" + item.id());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/atom+xml;charset=UTF-8")
                .cacheControl(FRESH)
                .body(out.toByteArray());
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS)
                .atZone(BusinessClock.ZONE)
                .toOffsetDateTime()
                .toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(ATOM, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href) throws XMLStreamException {
        xml.writeEmptyElement(ATOM, "link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
    }
}
