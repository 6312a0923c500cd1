package io.homeroom.chat;

import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.member.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 群发: a message to the class group, after a preview; WeCom asks for the last word in its client. */
@Component
class BroadcastCommand implements Command {

    private static final String TEXT = "text";
    private static final int NAMES = 6;

    private final Broadcasts broadcasts;
    private final StaffMemory memory;

    BroadcastCommand(Broadcasts broadcasts, StaffMemory memory) {
        this.broadcasts = broadcasts;
        this.memory = memory;
    }

    @Override
    public int order() {
        return 80;
    }

    @Override
    public String key() {
        return "broadcast";
    }

    @Override
    public String word() {
        return "群发";
    }

    @Override
    public List<String> says() {
        return List.of("群发消息", "发群里", "发到群里", "通知全班", "班级群发", "发通知");
    }

    @Override
    public String help() {
        return "群发 明天下午三点年会签到 · 先预览，再确认；欠费的事不进群";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER);
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return latest(said.who());
        }
        String text = said.rest().strip();
        Outcome<Broadcasts.Preview> seen = broadcasts.preview(said.who(), text);
        if (seen instanceof Outcome.Refused<Broadcasts.Preview> refused) {
            return refused(refused.refusal());
        }
        Broadcasts.Preview preview = seen.get();
        List<Member> missing = preview.attendance().missing();
        String names = missing.stream().limit(NAMES).map(Member::name).collect(Collectors.joining("、"));
        memory.ask(said.who().id(), key(), Map.of(TEXT, text));
        return StaffReply.of("预览：\n" + text)
                .card(
                        0,
                        Card.of(
                                        "群发到「" + preview.where() + "」",
                                        names.isEmpty() ? "" : "不在群里：" + names + (missing.size() > NAMES ? "等" : ""))
                                .row("看得到", preview.attendance().there().size() + "家")
                                .row("不在群里", missing.isEmpty() ? "" : missing.size() + "家")
                                .button("确认发送", "broadcast:yes:" + mark(text))
                                .button("取消", "broadcast:no"));
    }

    /** Ties a card to the text that it showed: an older preview's button sends nothing. */
    private static String mark(String text) {
        return Integer.toHexString(text.hashCode());
    }

    private StaffReply latest(StaffMember who) {
        List<Broadcast> before = broadcasts.of(who.id(), 3);
        String lines = before.stream()
                .map(one -> "「" + one.begins() + "」" + one.state().word()
                        + (one.why().isEmpty() ? "" : "（" + one.why() + "）"))
                .collect(Collectors.joining("\n"));
        return StaffReply.of("要群发什么？例如「群发 明天下午三点年会签到」。" + (lines.isEmpty() ? "" : "\n最近的：\n" + lines))
                .card(0, Card.of("群发", "带图片、文件、链接，只发给一部分会员，或要会员回「知道了」，点开写").at("/t/" + Tenant.current() + "/send"));
    }

    private static StaffReply refused(Refusal refusal) {
        String cite = refusal.clauses().stream().map(Clauses::label).collect(Collectors.joining("、"));
        StaffReply reply = StaffReply.of(refusal.reason() + (cite.isEmpty() ? "" : "〔" + cite + "〕") + "。");
        return cite.isEmpty() ? reply : reply.next("提醒 全部", "私下提醒");
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        String text = facts.get(TEXT);
        return text != null
                        && List.of("确认", "确认发送", "发送", "发")
                                .contains(said.whole().strip())
                ? Optional.of(send(said.who(), text))
                : Optional.empty();
    }

    private StaffReply send(StaffMember who, String text) {
        memory.settle(who.id());
        Outcome<Broadcast> outcome = broadcasts.send(who, text);
        return outcome instanceof Outcome.Refused<Broadcast> refused
                ? refused(refused.refusal())
                : StaffReply.of("已提交。稍后请在企业微信的「群发助手」里点一次确认，群里就会收到。");
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        if (!pressed.act().equals("yes")) {
            memory.settle(pressed.who().id());
            return StaffReply.of("好的，没有发。").settles("已取消");
        }
        Optional<String> text = memory.open(pressed.who().id())
                .filter(asked -> asked.command().equals(key()))
                .map(asked -> asked.facts().get(TEXT))
                .filter(asked -> mark(asked).equals(pressed.argument()));
        return text.isEmpty()
                ? StaffReply.of("这次预览已过期，请重新说「群发 …」。").settles("已过期")
                : send(pressed.who(), text.get()).settles("已提交");
    }
}
