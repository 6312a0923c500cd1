package io.homeroom.console;

import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Liaisons;
import io.homeroom.member.Contact;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The part of a member's page that says who its liaisons are, where the rulebook lets it have several. */
@Controller
class LiaisonPages {

    /**
     * What the member's page shows.
     *
     * @param ids of the liaisons, the first first
     * @param href where one more is named, and below it each is put first or removed
     * @param several whether it may have more than one
     * @param full why no more can be named; empty where one can
     */
    record View(List<String> ids, String href, boolean several, String full, String cites) {

        /** Whether somebody is the one of several whom notices go to. */
        public boolean first(String id) {
            return ids.size() > 1 && ids.get(0).equals(id);
        }

        /** Whether somebody can be put first or removed. */
        public boolean oneOfSeveral(String id) {
            return ids.size() > 1 && ids.contains(id);
        }
    }

    private final Roster roster;
    private final Liaisons liaisons;

    LiaisonPages(Roster roster, Liaisons liaisons) {
        this.roster = roster;
        this.liaisons = liaisons;
    }

    View view(Visitor visitor, Member member) {
        List<Contact> known = liaisons.of(member.id());
        int most = liaisons.most();
        return new View(
                known.stream().map(one -> Long.toString(one.id())).toList(),
                visitor.at("members/" + member.id() + "/liaisons"),
                most > 1 && member.kind() == Kind.UNIT,
                known.size() < most ? "" : "最多" + most + "名，已有" + known.size() + "名；要换人的，先移除一名。",
                Words.cites(liaisons.grounds()));
    }

    @PostMapping("/console/{code}/members/{id}/liaisons")
    String name(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        Member member = member(visitor, id);
        Forms form = Forms.of(sent);
        String name = form.required("liaisonName", 40);
        String phone = form.get("liaisonPhone");
        if (!phone.matches(EditPage.PHONE)) {
            form.fault("liaisonPhone", "写成手机号或带区号的电话");
        }
        if (!form.fits()) {
            return again(visitor, member, form, next);
        }
        Outcome<Contact> named = liaisons.name(id, name, phone, visitor.username());
        Refusals.told(named, "已登记联络员" + name + "；给他生成绑定二维码，扫了就能在微信里查和办。", next);
        return named.isDone() ? back(visitor, member) : again(visitor, member, form, next);
    }

    private static String again(Visitor visitor, Member member, Forms form, RedirectAttributes next) {
        next.addFlashAttribute("liaison", form.values());
        next.addFlashAttribute("liaisonFaults", form.faults());
        return back(visitor, member);
    }

    @PostMapping("/console/{code}/members/{id}/liaisons/{contact}/first")
    String lead(Visitor visitor, @PathVariable long id, @PathVariable long contact, RedirectAttributes next) {
        Member member = member(visitor, id);
        Outcome<Contact> first = liaisons.lead(id, contact, visitor.username());
        Refusals.told(first, said(first, "现在是主要的联络员，以后通知发给他。"), next);
        return back(visitor, member);
    }

    @PostMapping("/console/{code}/members/{id}/liaisons/{contact}/removed")
    String remove(Visitor visitor, @PathVariable long id, @PathVariable long contact, RedirectAttributes next) {
        Member member = member(visitor, id);
        Outcome<Contact> gone = liaisons.remove(id, contact, visitor.username());
        Refusals.told(gone, said(gone, "不再是联络员，微信绑定和没用过的二维码随即失效。"), next);
        return back(visitor, member);
    }

    private static String said(Outcome<Contact> outcome, String what) {
        return outcome.isDone() ? outcome.get().name() + what : "";
    }

    private static String back(Visitor visitor, Member member) {
        return "redirect:" + visitor.at("members/" + member.id());
    }

    private Member member(Visitor visitor, long id) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        return roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
    }
}
