package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Debt;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Money;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** 欠费: a card for each member of the class that owes something overdue, the longest first. */
@Component
class ArrearsCommand implements Command {

    private static final int CARDS = 5;

    private final Wording wording = new Wording(Lexicon.shipped());
    private final ClassDay day;
    private final MemberCards cards;

    ArrearsCommand(ClassDay day, MemberCards cards) {
        this.day = day;
        this.cards = cards;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public String key() {
        return "arrears";
    }

    @Override
    public String word() {
        return "欠费";
    }

    @Override
    public List<String> says() {
        return List.of("谁欠费", "欠费名单", "欠费的", "谁没交钱", "谁没交", "还有谁没交钱", "谁还没交会费", "催缴", "催费", "没缴费的", "逾期", "欠款", "欠会费");
    }

    @Override
    public String help() {
        return "欠费 · 每家一张卡片：打电话、发提醒、已联系、承诺付款日";
    }

    @Override
    public boolean open(StaffMember who) {
        return day.chases(who);
    }

    @Override
    public boolean ofDues() {
        return true;
    }

    @Override
    public StaffReply said(Said said) {
        List<Debt> debts = day.debts(said.who());
        if (debts.isEmpty()) {
            return StaffReply.of("你照看的会员没有逾期的会费。");
        }
        OptionalInt number = wording.choice(said.rest());
        int page = Math.max(1, number.orElse(1));
        int from = Math.min((page - 1) * CARDS, (debts.size() - 1) / CARDS * CARDS);
        List<Debt> shown = debts.subList(from, Math.min(from + CARDS, debts.size()));
        Money sum = debts.stream().map(Debt::owed).reduce(Money.ZERO, Money::plus);
        StaffReply reply = StaffReply.of("欠费" + debts.size() + "家，共 " + sum
                + (debts.size() > CARDS ? "，这里是第" + (from + 1) + "至" + (from + shown.size()) + "家：" : "："));
        for (Debt debt : shown) {
            reply = reply.card(debt.member().id(), cards.debt(debt));
        }
        if (from + shown.size() < debts.size()) {
            reply = reply.next("欠费 " + (from / CARDS + 2), "看后面的");
        }
        return reply.next("提醒 全部", "一次都提醒");
    }
}
