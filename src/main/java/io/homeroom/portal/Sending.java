package io.homeroom.portal;

import io.homeroom.classroom.Audience;
import io.homeroom.classroom.Mailshots;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Attached;
import io.homeroom.liaison.Attachments;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.liaison.GroupLine;
import io.homeroom.liaison.Receivers;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * The form by which messages are sent to classes, on the phone and in the console alike: what was filled in, what sending
 * would do, and what became of it, in words.
 */
@Component
public class Sending {

    /** The way of an important notice, beside those of {@link Broadcast.Way}. */
    static final String NOTICE = "notice";

    private static final int NAMES = 8;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("H:mm");

    private final Mailshots mailshots;
    private final Broadcasts broadcasts;
    private final Circulars circulars;
    private final Attachments attachments;
    private final Roster roster;
    private final Contacts contacts;
    private final Staff staff;
    private final Lawbook law;
    private final BusinessClock clock;

    Sending(
            Mailshots mailshots,
            Broadcasts broadcasts,
            Circulars circulars,
            Attachments attachments,
            Roster roster,
            Contacts contacts,
            Staff staff,
            Lawbook law,
            BusinessClock clock) {
        this.mailshots = mailshots;
        this.broadcasts = broadcasts;
        this.circulars = circulars;
        this.attachments = attachments;
        this.roster = roster;
        this.contacts = contacts;
        this.staff = staff;
        this.law = law;
        this.clock = clock;
    }

    /** What was filled in; what is missing is empty, and of what is ticked or not {@code false}. */
    public record Form(
            String way,
            String title,
            String text,
            List<String> grades,
            String arrears,
            String size,
            String topic,
            String linkTitle,
            String linkSays,
            String linkUrl,
            @Nullable Long kept,
            String confirmed) {

        public Form {
            arrears = Boolean.toString("true".equals(arrears));
            confirmed = Boolean.toString("true".equals(confirmed));
            way = way == null || way.isEmpty() ? "group" : way;
            title = title == null ? "" : title.strip();
            text = text == null ? "" : text.strip().replace("\r\n", "\n");
            grades = grades == null ? List.of() : List.copyOf(grades);
            size = size == null ? "" : size;
            topic = topic == null ? "" : topic.strip();
            linkTitle = linkTitle == null ? "" : linkTitle.strip();
            linkSays = linkSays == null ? "" : linkSays.strip();
            linkUrl = linkUrl == null ? "" : linkUrl.strip();
        }

        /** Nothing yet. */
        public static Form blank() {
            return new Form("", "", "", List.of(), "", "", "", "", "", "", null, "");
        }
    }

    /** Something that can be chosen. */
    public record Choice(String code, String word) {}

    /** What sending would do in one place; {@code good} if it may. */
    public record Line(String where, boolean good, String says) {}

    /**
     * How far the form has come.
     *
     * @param refused a sentence, empty if all is well
     * @param lines the preview; empty before it
     * @param sent where the result is, below the face's own root; empty before it
     */
    public record Step(
            Form form,
            String refused,
            String audience,
            @Nullable Attached file,
            List<Line> lines,
            String sent) {}

    /** What was sent, in a list. */
    public record Entry(String path, String says, String where, String state, String mood) {}

    /** What became of a message for one member. */
    public record Fate(String member, String word, String mood, String why) {}

    /** What became of one task; {@code why} also counts for how many members it came how far. */
    public record Part(String where, String state, String mood, String why, List<Fate> fates) {}

    /** What became of all that was sent together. */
    public record Result(
            String text, String link, @Nullable Attached file, String audience, String way, List<Part> parts) {}

    /** Who has read an important notice. */
    public record Readers(
            Circular circular,
            @Nullable Attached file,
            String when,
            String again,
            List<Fate> unread,
            List<Fate> read) {}

    /** The member grades that can be chosen. */
    public List<String> grades() {
        return law.of(Tenant.current(), clock.today()).grades().stream()
                .map(Rulebook.Grade::name)
                .toList();
    }

    /** Whether anybody can be in arrears at all. */
    public boolean fees() {
        return law.of(Tenant.current(), clock.today()).fees() != null;
    }

    /** The sizes that can be chosen. */
    public List<Choice> sizes() {
        return Arrays.stream(Audience.Size.values())
                .map(size -> new Choice(size.code(), size.word()))
                .toList();
    }

    /** The ways that can be chosen. */
    public List<Choice> ways() {
        return List.of(
                new Choice("group", "班级群"),
                new Choice("single", "企业微信一对一"),
                new Choice("robot", "班级群机器人"),
                new Choice(NOTICE, "重要通知（公众号，要回「知道了」）"));
    }

    /** Takes the form one step on: keeps its file, shows what would happen, and once that is confirmed sends it. */
    public Step step(StaffMember who, Form form, @Nullable MultipartFile upload) throws IOException {
        Form now = form;
        if (upload != null && !upload.isEmpty()) {
            String name = upload.getOriginalFilename();
            Outcome<Attached> kept = attachments.keep(name == null ? "" : name, upload.getBytes(), who.username());
            if (kept instanceof Outcome.Refused<Attached> refused) {
                return step(now, said(refused.refusal()), List.of(), "");
            }
            now = with(form, kept.get().id());
        }
        Long id = now.kept();
        if (id != null && attachments.find(id).isEmpty()) {
            return step(with(now, null), "附件已不在，请重新选", List.of(), "");
        }
        if (now.size().isEmpty() || sizes().stream().map(Choice::code).toList().contains(now.size())) {
            return now.way().equals(NOTICE) ? announce(who, now) : broadcast(who, now);
        }
        return step(now, "请从列表里选企业规模", List.of(), "");
    }

    private static Form with(Form form, @Nullable Long file) {
        return new Form(
                form.way(),
                form.title(),
                form.text(),
                form.grades(),
                form.arrears(),
                form.size(),
                form.topic(),
                form.linkTitle(),
                form.linkSays(),
                form.linkUrl(),
                file,
                form.confirmed());
    }

    private Step step(Form form, String refused, List<Line> lines, String sent) {
        Attached file =
                form.kept() == null ? null : attachments.find(form.kept()).orElse(null);
        return new Step(form, refused, audience(form).words(), file, lines, sent);
    }

    private static Audience audience(Form form) {
        return new Audience(form.grades(), form.arrears().equals("true"), form.size(), form.topic());
    }

    private Step announce(StaffMember who, Form form) {
        Circulars.Draft draft = new Circulars.Draft(form.title(), withLink(form), form.kept());
        if (form.confirmed().equals("true")) {
            Outcome<Circular> sent = mailshots.announce(who, draft, audience(form));
            return sent instanceof Outcome.Refused<Circular> refused
                    ? step(form, said(refused.refusal()), List.of(), "")
                    : step(form, "", List.of(), "circulars/" + sent.get().id());
        }
        if (form.title().isEmpty() || form.text().isEmpty() && form.kept() == null) {
            return step(form, "重要通知要有标题和正文，例如「年会改期到5月8日」", List.of(), "");
        }
        List<Line> lines = new ArrayList<>();
        for (StaffMember teacher : mailshots.senders(who)) {
            List<Member> members = mailshots.members(teacher, audience(form));
            int unbound = unbound(members.stream().map(Member::id).toList()).size();
            lines.add(new Line(
                    teacher.name() + "的班",
                    !members.isEmpty(),
                    members.isEmpty()
                            ? "没有符合条件的会员"
                            : members.size() - unbound + "家会收到"
                                    + (unbound == 0 ? "" : "，" + unbound + "家没有绑定公众号，会有待办请班主任转达")));
        }
        return lines.stream().anyMatch(Line::good) ? step(form, "", lines, "") : step(form, "没有符合条件的会员", List.of(), "");
    }

    /** The members whose notices would reach nobody in the official account. */
    private Set<Long> unbound(Collection<Long> members) {
        Set<Long> reachable = contacts.reachable(members);
        return members.stream().filter(member -> !reachable.contains(member)).collect(Collectors.toSet());
    }

    private static String withLink(Form form) {
        return form.linkUrl().isEmpty()
                ? form.text()
                : (form.text() + "\n" + form.linkTitle() + " " + form.linkUrl()).strip();
    }

    private Step broadcast(StaffMember who, Form form) {
        Broadcast.Way way;
        try {
            way = Broadcast.Way.valueOf(form.way().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return step(form, "请选发到哪里", List.of(), "");
        }
        GroupLine.Link link = form.linkUrl().isEmpty() && form.linkTitle().isEmpty()
                ? null
                : new GroupLine.Link(form.linkTitle(), form.linkSays(), form.linkUrl());
        Broadcasts.Message message = new Broadcasts.Message(form.text(), form.kept(), link);
        if (form.confirmed().equals("true")) {
            Outcome<Long> sent = mailshots.send(who, way, message, audience(form));
            return sent instanceof Outcome.Refused<Long> refused
                    ? step(form, said(refused.refusal()), List.of(), "")
                    : step(form, "", List.of(), "sent/" + sent.get());
        }
        Outcome<List<Mailshots.Line>> seen = mailshots.preview(who, way, message, audience(form));
        return seen instanceof Outcome.Refused<List<Mailshots.Line>> refused
                ? step(form, said(refused.refusal()), List.of(), "")
                : step(
                        form,
                        "",
                        seen.get().stream().map(line -> line(way, line)).toList(),
                        "");
    }

    private Line line(Broadcast.Way way, Mailshots.Line line) {
        if (line.preview().isEmpty()) {
            return new Line(
                    line.teacher().name() + "的班",
                    false,
                    line.refusal().map(Refusal::reason).orElse(""));
        }
        Broadcasts.Preview preview = line.preview().get();
        if (way == Broadcast.Way.ROBOT) {
            return new Line(preview.where(), true, preview.parts() > 1 ? "分" + preview.parts() + "条按顺序发出" : "一条");
        }
        List<Member> missing = preview.attendance().missing();
        String names = missing.stream().limit(NAMES).map(Member::name).collect(Collectors.joining("、"));
        String waits = preview.waits()
                .map(when -> "，今天这个群已群发过，" + Days.said(when.toLocalDate(), clock.today()) + " 9:00自动提交")
                .orElse("");
        return new Line(
                preview.where(),
                true,
                preview.attendance().there().size() + "家收得到"
                        + (missing.isEmpty()
                                ? ""
                                : "，" + missing.size() + "家收不到：" + names + (missing.size() > NAMES ? "等" : ""))
                        + waits);
    }

    private static String said(Refusal refusal) {
        String cite = refusal.clauses().stream().map(Clauses::label).collect(Collectors.joining("、"));
        return refusal.reason() + (cite.isEmpty() ? "" : "〔" + cite + "〕");
    }

    /** What somebody sent, or all of them for the office: broadcasts and important notices, the latest first. */
    public List<Entry> latest(StaffMember who, @Nullable List<Long> teachers, int limit) {
        List<Entry> entries = new ArrayList<>();
        circulars
                .latest(teachers, limit)
                .forEach(one -> entries.add(new Entry(
                        "circulars/" + one.id(),
                        one.title(),
                        "重要通知 · " + one.audience(),
                        one.read() + "/" + one.members() + "家已知道",
                        one.read() == one.members() ? "good" : "due")));
        Map<Long, List<Broadcast>> rounds = new LinkedHashMap<>();
        for (Broadcast one : broadcasts.of(null, 4 * limit)) {
            if (teachers == null || teachers.contains(one.staffId())) {
                rounds.computeIfAbsent(one.round(), same -> new ArrayList<>()).add(one);
            }
        }
        rounds.values().stream().limit(limit).forEach(parts -> {
            Broadcast first = parts.get(parts.size() - 1);
            Broadcast worst = parts.stream()
                    .filter(one -> mood(one).equals("bad"))
                    .findFirst()
                    .or(() -> parts.stream()
                            .filter(one -> mood(one).equals("due"))
                            .findFirst())
                    .orElse(first);
            entries.add(new Entry(
                    "sent/" + first.round(),
                    first.begins(),
                    first.way().word() + (first.audience().isEmpty() ? "" : " · " + first.audience()),
                    worst.state().word(),
                    mood(worst)));
        });
        return entries;
    }

    private static String mood(Broadcast broadcast) {
        return switch (broadcast.state()) {
            case SENT -> "good";
            case QUEUED, TRIED, WAITING -> "due";
            case LIMIT, FAILED, UNCONFIRMED -> "bad";
        };
    }

    /** What became of what was sent together, as far as somebody may see it. */
    public Optional<Result> result(StaffMember who, long round) {
        List<Broadcast> all = broadcasts.round(round).stream()
                .filter(one -> mailshots.sees(who, one.staffId()))
                .toList();
        if (all.isEmpty() || round == 0) {
            return Optional.empty();
        }
        Broadcast first = all.get(0);
        long one = first.staffId();
        String text = all.stream()
                .filter(part -> part.staffId() == one)
                .map(Broadcast::text)
                .collect(Collectors.joining());
        Broadcast last = all.stream()
                .filter(part -> part.staffId() == one)
                .reduce((a, b) -> b)
                .orElse(first);
        GroupLine.Link link = last.link();
        Long file = last.file();
        return Optional.of(new Result(
                text,
                link == null ? "" : link.title() + " " + link.url(),
                file == null ? null : attachments.find(file).orElse(null),
                first.audience().isEmpty() ? "全班" : first.audience(),
                first.way().word(),
                all.stream().map(this::part).toList()));
    }

    /** How far it has come for one member, with the moments. */
    private static String way(Receivers.Receiver receiver, LocalDate today) {
        Instant sent = receiver.sentAt();
        Instant confirmed = receiver.confirmedAt();
        Instant settled = receiver.settledAt();
        return switch (receiver.state()) {
            case WAITING -> "还没有交给企业微信";
            case SENT -> (sent == null ? "" : when(sent, today) + "发出，") + "等老师在群发助手里点确认";
            case CONFIRMED -> (confirmed == null ? "" : when(confirmed, today)) + "老师已确认，等企业微信回报";
            case DELIVERED -> settled == null ? "" : when(settled, today);
            case FAILED, UNCONFIRMED -> "";
        };
    }

    private Part part(Broadcast broadcast) {
        LocalDate today = clock.today();
        List<Receivers.Receiver> receivers = broadcasts.receivers(broadcast.id());
        Map<Long, String> names = roster.names(
                receivers.stream().map(Receivers.Receiver::memberId).toList());
        List<Fate> fates = receivers.stream()
                .map(receiver -> new Fate(
                        names.getOrDefault(receiver.memberId(), ""),
                        receiver.state().word(),
                        switch (receiver.state()) {
                            case DELIVERED -> "good";
                            case WAITING, SENT, CONFIRMED, UNCONFIRMED -> "due";
                            // Whoever was never within reach is no failure of this message.
                            case FAILED -> receiver.target().isEmpty() && broadcast.missing() > 0 ? "" : "bad";
                        },
                        receiver.why().isEmpty() ? way(receiver, today) : receiver.why()))
                .toList();
        String counts = Arrays.stream(Receivers.State.values())
                .map(state -> Map.entry(
                        state.word(),
                        receivers.stream().filter(one -> one.state() == state).count()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + "家" + count.getKey())
                .collect(Collectors.joining("，"));
        String teacher = staff.find(broadcast.staffId()).map(StaffMember::name).orElse("");
        return new Part(
                teacher + "的班" + (broadcast.way() == Broadcast.Way.ROBOT ? " · 第" + broadcast.part() + "条" : ""),
                broadcast.state().word(),
                mood(broadcast),
                Stream.of(counts, broadcast.why()).filter(one -> !one.isEmpty()).collect(Collectors.joining("；")),
                fates);
    }

    /** Who has read an important notice, as far as somebody may see it. */
    public Optional<Readers> readers(long id, @Nullable List<Long> teachers) {
        Optional<Circular> found = circulars.find(id);
        List<Circulars.Reader> all = found.isEmpty() ? List.of() : circulars.readers(id, teachers);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Circular circular = found.orElseThrow();
        Map<Long, String> names =
                roster.names(all.stream().map(Circulars.Reader::memberId).toList());
        LocalDate today = clock.today();
        Set<Long> unbound = unbound(names.keySet());
        List<Fate> unread = new ArrayList<>();
        List<Fate> read = new ArrayList<>();
        for (Circulars.Reader reader : all) {
            String name = names.getOrDefault(reader.memberId(), "");
            Instant at = reader.readAt();
            if (at != null) {
                read.add(new Fate(name, "知道了", "good", when(at, today)));
            } else {
                LocalDate again = reader.remindedOn();
                Instant opened = reader.openedAt();
                unread.add(new Fate(
                        name,
                        opened == null ? "没点开" : "看过没回",
                        opened == null ? "" : "due",
                        unbound.contains(reader.memberId())
                                ? "没有绑定公众号，请转达"
                                : again == null ? "" : Days.said(again, today) + "再提醒过"));
            }
        }
        Long file = circular.file();
        return Optional.of(new Readers(
                circular,
                file == null ? null : attachments.find(file).orElse(null),
                Days.said(circular.madeOn(), today),
                again(circular.againOn(), today),
                unread,
                read));
    }

    private static String when(Instant at, LocalDate today) {
        return Days.said(at.atZone(BusinessClock.ZONE).toLocalDate(), today) + " "
                + at.atZone(BusinessClock.ZONE).format(MINUTE);
    }

    /** Tells the unread of these classes once more. */
    public Circulars.Reminded again(StaffMember who, long id, @Nullable List<Long> teachers) {
        return circulars.remind(id, teachers, who.username());
    }

    /** When those who are silent are told again, as it ends a sentence. */
    private static String again(@Nullable LocalDate day, LocalDate today) {
        return day == null ? "待放假安排收进日历后" : Days.said(day, today);
    }
}
