package io.homeroom.portal;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Receives whoever opens a page: knows the person, leads it to the member it speaks for, or says why not. */
@Component
class Reception {

    private final Bindings bindings;
    private final Roster roster;
    private final Lawbook laws;
    private final BusinessClock clock;

    Reception(Bindings bindings, Roster roster, Lawbook laws, BusinessClock clock) {
        this.bindings = bindings;
        this.roster = roster;
        this.laws = laws;
        this.clock = clock;
    }

    /** A page about one member, for somebody who speaks for it. */
    interface MemberPage {
        String of(Member member, String openid);
    }

    /** A page for somebody who is known, with or without a member. */
    interface PersonPage {
        String of(String openid);
    }

    /** A page about the person's current member. */
    String known(HttpServletRequest request, Model model, MemberPage page) {
        return person(request, model, openid -> {
            List<Bound> bound = bindings.of(openid);
            if (bound.isEmpty()) {
                return MemberPages.message(model, Message.stranger());
            }
            // With several and none chosen, the first is as good a start as any: the home page offers the others.
            Bound about = bindings.current(openid).orElse(bound.get(0));
            Member member = roster.get(about.memberId());
            model.addAttribute("member", member);
            model.addAttribute("homeAt", home());
            return page.of(member, openid);
        });
    }

    /** A page for anybody who holds a phone. */
    String person(HttpServletRequest request, Model model, PersonPage page) {
        Optional<String> openid = Person.of(request);
        frame(model);
        if (openid.isEmpty()) {
            return Person.insideWechat(request)
                    ? LoginPages.from(path(request))
                    : MemberPages.message(model, Message.outside());
        }
        return page.of(openid.get());
    }

    /** What somebody sees that may not see a thing, whether or not it is there. */
    String denied(Model model, String openid) {
        return MemberPages.message(
                model,
                bindings.of(openid).isEmpty()
                        ? Message.stranger()
                        : Message.another().link(home(), "看我的单位"));
    }

    /** Whether the person speaks for the member. */
    boolean speaksFor(String openid, long member) {
        return bindings.of(openid).stream().anyMatch(bound -> bound.memberId() == member);
    }

    /** What every page shows at its top. */
    void frame(Model model) {
        model.addAttribute("association", law().name());
        model.addAttribute("code", Tenant.current());
    }

    /** The way back from each page of somebody who speaks for a member. */
    static String home() {
        return "/m/" + Tenant.current() + "/";
    }

    /** The way back for anybody who is known: to its member's page, or to what it has under way. */
    String back(String openid) {
        return bindings.of(openid).isEmpty() ? home() + "cases" : home();
    }

    Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }

    static String path(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }
}
