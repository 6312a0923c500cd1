package io.homeroom.portal;

import io.homeroom.casework.Handouts;
import io.homeroom.casework.Handouts.Handout;
import io.homeroom.ground.Days;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** A document handed out to the members, for whoever speaks for one that may use its rights (BACCA-27-12). */
@Controller
@RequestMapping("/m/{code}/reports/{task:\\d{1,19}}")
class ReportPages {

    private final Reception reception;
    private final Handouts handouts;
    private final Bindings bindings;
    private final BusinessClock clock;

    ReportPages(Reception reception, Handouts handouts, Bindings bindings, BusinessClock clock) {
        this.reception = reception;
        this.handouts = handouts;
        this.bindings = bindings;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable long task, HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Optional<Handout> found = handouts.find(task);
            if (found.isEmpty()) {
                return MemberPages.message(model, Message.notice("没有这份材料", "链接可能不完整。", "请从公众号的消息里重新点开。"));
            }
            Refusal against = handouts.against(member.id()).orElse(null);
            if (against != null && !entitled(openid)) {
                return MemberPages.message(
                        model,
                        Message.notice(
                                "这份材料现在打不开",
                                against.reason() + reception.law().cite(against.clauses()) + "。",
                                "有疑问请联系班主任或秘书处。"));
            }
            model.addAttribute("handout", found.get());
            model.addAttribute("when", Days.said(found.get().on(), clock.today()));
            model.addAttribute("cite", reception.law().cite(found.get().cites()));
            return "portal/report";
        });
    }

    /** Whether the person speaks for a member that may use its rights. */
    private boolean entitled(String openid) {
        return bindings.of(openid).stream()
                .map(Bound::memberId)
                .anyMatch(member -> handouts.against(member).isEmpty());
    }

    @GetMapping("/file")
    ResponseEntity<byte[]> file(@PathVariable long task, HttpServletRequest request) {
        Optional<Handout> found = Person.of(request).filter(this::entitled).flatMap(openid -> handouts.find(task));
        return found.map(handout ->
                        Upload.file(handout.file(), handouts.open(handout).orElseThrow()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
