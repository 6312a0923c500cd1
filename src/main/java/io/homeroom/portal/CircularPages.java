package io.homeroom.portal;

import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Attached;
import io.homeroom.liaison.Attachments;
import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** An important notice as its members see it, and the button by which they say that they know. */
@Controller
@RequestMapping("/m/{code}/circulars/{id}")
class CircularPages {

    private final Reception reception;
    private final Circulars circulars;
    private final Attachments attachments;
    private final Bindings bindings;
    private final BusinessClock clock;

    CircularPages(
            Reception reception, Circulars circulars, Attachments attachments, Bindings bindings, BusinessClock clock) {
        this.reception = reception;
        this.circulars = circulars;
        this.attachments = attachments;
        this.bindings = bindings;
        this.clock = clock;
    }

    /** The members that this person speaks for and to whom the notice went. */
    private List<Bound> addressed(long id, String openid) {
        return bindings.of(openid).stream()
                .filter(bound -> circulars.reader(id, bound.memberId()).isPresent())
                .toList();
    }

    @GetMapping
    String show(@PathVariable long id, HttpServletRequest request, Model model) {
        return reception.person(request, model, openid -> {
            List<Bound> own = addressed(id, openid);
            Optional<Circular> circular = own.isEmpty() ? Optional.empty() : circulars.find(id);
            if (circular.isEmpty()) {
                return reception.denied(model, openid);
            }
            own.forEach(bound -> circulars.opened(id, bound.memberId()));
            boolean known = own.stream()
                    .allMatch(bound -> circulars
                            .reader(id, bound.memberId())
                            .map(reader -> reader.readAt() != null)
                            .orElse(true));
            Long file = circular.get().file();
            model.addAttribute("circular", circular.get());
            model.addAttribute("when", Days.said(circular.get().madeOn(), clock.today()));
            model.addAttribute(
                    "file", file == null ? null : attachments.find(file).orElse(null));
            model.addAttribute("known", known);
            return "portal/circular";
        });
    }

    @PostMapping("/known")
    String known(@PathVariable long id, HttpServletRequest request, Model model) {
        return reception.person(request, model, openid -> {
            addressed(id, openid).forEach(bound -> circulars.acknowledge(id, bound.memberId(), "page"));
            return "redirect:/m/" + Tenant.current() + "/circulars/" + id;
        });
    }

    @GetMapping("/file")
    ResponseEntity<byte[]> file(@PathVariable long id, HttpServletRequest request) {
        Optional<Long> file = Person.of(request)
                .filter(openid -> !addressed(id, openid).isEmpty())
                .flatMap(openid -> circulars.find(id))
                .map(Circular::file);
        Optional<Attached> attached = file.flatMap(attachments::find);
        if (attached.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return Upload.file(attached.get(), attachments.open(attached.get().id()).orElseThrow());
    }
}
