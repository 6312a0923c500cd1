package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Debt;
import io.homeroom.desk.Card;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Mask;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 查 公司名: one member on a card, or those that the name may mean. A name alone is understood as well. */
@Component
class LookupCommand implements Command {

    private final Naming naming;
    private final ClassDay day;
    private final Classes classes;
    private final Contacts contacts;
    private final MemberCards cards;
    private final BusinessClock clock;

    LookupCommand(
            Naming naming, ClassDay day, Classes classes, Contacts contacts, MemberCards cards, BusinessClock clock) {
        this.naming = naming;
        this.day = day;
        this.classes = classes;
        this.contacts = contacts;
        this.cards = cards;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public String key() {
        return "find";
    }

    @Override
    public String word() {
        return "查";
    }

    @Override
    public List<String> says() {
        return List.of("查询", "查一下", "查找", "找一下", "搜", "搜索", "看看", "看一下", "查会员", "找会员");
    }

    @Override
    public String help() {
        return "查 jcjg · 名称、简称、拼音、首字母都能查";
    }

    @Override
    public boolean open(StaffMember who) {
        return true;
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return StaffReply.of("要查哪家？例如「查 江城建工」「查 jcjg」。");
        }
        Naming.Named named = naming.of(said.who(), said.rest());
        return named.only() ? show(named.member()) : naming.which(this, said.who(), named, Map.of());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return naming.picked(said, facts).map(named -> show(named.member()));
    }

    @Override
    public Optional<StaffReply> guess(Said said) {
        Naming.Named named = naming.of(said.who(), said.rest());
        if (named.among().isEmpty() || !named.rest().isBlank()) {
            return Optional.empty();
        }
        // Without the word 查 it may be no name at all: what only sounds like one is asked about.
        return Optional.of(named.clear() ? show(named.member()) : naming.which(this, said.who(), named, Map.of()));
    }

    private StaffReply show(Member member) {
        List<Debt> debts = day.debts(List.of(member));
        if (!debts.isEmpty()) {
            return StaffReply.of(line(member)).card(member.id(), cards.debt(debts.get(0)));
        }
        Contact contact = contacts.toNotify(member.id()).orElse(null);
        Contacted last = classes.contacts(member.id(), 1).stream().findFirst().orElse(null);
        Card card = Card.of(member.name(), "")
                .row("级别", member.grade())
                .row("状态", member.standing().word())
                .row("联系人", contact == null ? "未登记" : contact.name() + " " + Mask.phone(contact.phone()))
                .row("微信", contact == null || contact.openid() == null ? "未绑定" : "已绑定")
                .row(
                        "上次联系",
                        last == null
                                ? ""
                                : Days.said(last.at().atZone(BusinessClock.ZONE).toLocalDate(), clock.today()) + " "
                                        + last.note())
                .opens("打电话", MemberCards.page(member.id()))
                .button("已联系", "contact:done:" + member.id())
                .at(MemberCards.page(member.id()));
        return StaffReply.of(line(member)).card(member.id(), card);
    }

    private String line(Member member) {
        String teacher =
                classes.teacherOf(member.id()).map(one -> "，班主任" + one.name()).orElse("，还没有班主任");
        return member.name() + "（" + member.grade() + "）" + member.standing().word() + teacher + "。";
    }
}
