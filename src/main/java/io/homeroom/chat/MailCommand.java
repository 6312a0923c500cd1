package io.homeroom.chat;

import io.homeroom.care.Mailings;
import io.homeroom.care.Parcel;
import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * 寄送: what is to be posted to members of the class, each with a page for its photo and number; what is photographed is sent
 * off with one touch (WHJX-8-4b).
 */
@Component
class MailCommand implements Command {

    private static final int SHOWN = 5;

    private final Mailings mailings;
    private final Roster roster;
    private final ClassDay day;

    MailCommand(Mailings mailings, Roster roster, ClassDay day) {
        this.mailings = mailings;
        this.roster = roster;
        this.day = day;
    }

    @Override
    public int order() {
        return 67;
    }

    @Override
    public String key() {
        return "mail";
    }

    @Override
    public String word() {
        return "寄送";
    }

    @Override
    public List<String> says() {
        return List.of("待寄", "要寄的", "寄东西", "快递", "寄票据", "寄证书");
    }

    @Override
    public String help() {
        return "寄送 · 待寄的会刊、票据、证书，拍照后登记寄出";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    @Override
    public StaffReply said(Said said) {
        List<Parcel> waiting = mailings.waiting();
        Map<Long, Member> members =
                roster.findAll(waiting.stream().map(Parcel::memberId).distinct().toList());
        List<Parcel> mine = waiting.stream()
                .filter(parcel ->
                        members.containsKey(parcel.memberId()) && day.sees(said.who(), members.get(parcel.memberId())))
                .toList();
        String asked = Mailings.ASKED.stream()
                .map(what -> Map.entry(what, mailings.asked(what).size()))
                .filter(kind -> kind.getValue() > 0)
                .map(kind -> Mailings.KINDS.get(kind.getKey()) + kind.getValue() + "件")
                .collect(Collectors.joining("、"));
        String unprepared =
                asked.isEmpty() || !ClassDay.seesAll(said.who()) ? "" : "还没备好的：" + asked + "，请在控制台「服务 → 寄送」备好收件单位。";
        if (mine.isEmpty()) {
            return StaffReply.of("没有备好待寄的。" + unprepared);
        }
        StaffReply reply = StaffReply.of(
                "待寄" + mine.size() + "件" + (mine.size() > SHOWN ? "，先看最早的" + SHOWN + "件" : "") + "。" + unprepared);
        for (Parcel parcel : mine.stream().limit(SHOWN).toList()) {
            reply = reply.card(parcel.memberId(), card(parcel));
        }
        return reply;
    }

    private static Card card(Parcel parcel) {
        String page = "/t/" + Tenant.current() + "/parcels/" + parcel.id();
        boolean numbered = parcel.what().equals("letter");
        Card card = Card.of(parcel.to().unit(), parcel.title())
                .row("种类", Mailings.KINDS.getOrDefault(parcel.what(), ""))
                .row(
                        "地址",
                        parcel.to().address().isEmpty()
                                ? "没有，请先补上"
                                : parcel.to().address())
                .row("照片", parcel.pictureId() == null ? "还没拍" : "已拍")
                .opens(parcel.pictureId() == null ? "拍照" : "填单号", page);
        // A letter needs its number, which is typed on the page.
        return parcel.pictureId() == null || numbered ? card : card.button("登记寄出", "mail:send:" + parcel.id());
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        Optional<Parcel> parcel = mailings.find(pressed.id())
                .filter(one -> roster.find(one.memberId())
                        .filter(member -> day.sees(pressed.who(), member))
                        .isPresent());
        if (parcel.isEmpty()) {
            return StaffReply.of("这家会员不在你的班里了。").settles("已转出");
        }
        Outcome<Parcel> sent = mailings.send(pressed.id(), "", pressed.who().username());
        if (sent instanceof Outcome.Refused<Parcel> refused) {
            return parcel.get().isSent()
                    ? StaffReply.of(refused.refusal().reason() + "。").settles("已寄出")
                    : StaffReply.of(refused.refusal().reason() + "。");
        }
        return StaffReply.of(parcel.get().to().unit() + "的已登记寄出，联络员会收到照片。")
                .settles("已寄出")
                .next("寄送", "看其余的");
    }
}
