package io.homeroom.chat;

import io.homeroom.casework.Applications;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Itineraries;
import io.homeroom.casework.Itinerary;
import io.homeroom.casework.Prospects;
import io.homeroom.ground.Days;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far a person's own requests are, and where to make one: whoever filed an application is answered too. */
@Component
class CaseAnswers {

    private final Applications applications;
    private final Cases cases;
    private final Itineraries itineraries;
    private final Prospects prospects;
    private final PayLinks links;
    private final Lawbook laws;
    private final BusinessClock clock;

    CaseAnswers(
            Applications applications,
            Cases cases,
            Itineraries itineraries,
            Prospects prospects,
            PayLinks links,
            Lawbook laws,
            BusinessClock clock) {
        this.applications = applications;
        this.cases = cases;
        this.itineraries = itineraries;
        this.prospects = prospects;
        this.links = links;
        this.laws = laws;
        this.clock = clock;
    }

    /** Where everything under way stands; empty for somebody who has nothing to do with any case or member. */
    Optional<Reply> progress(String openid, @Nullable Long member) {
        Map<Long, CaseView> all = new TreeMap<>();
        applications.filedBy(openid).forEach(view -> all.put(view.id(), view));
        if (member != null) {
            cases.of(member).stream().filter(itineraries::followed).forEach(view -> all.put(view.id(), view));
        }
        if (all.isEmpty() && member == null) {
            return Optional.empty();
        }
        List<CaseView> open =
                all.values().stream().filter(view -> view.closedOn() == null).toList();
        if (open.isEmpty()) {
            return Optional.of(nothing(new ArrayList<>(all.values())));
        }
        Screen screen = new Screen();
        open.stream()
                .limit(2)
                .flatMap(view -> itineraries.of(view.id()).stream())
                .forEach(way -> say(way, screen));
        screen.line((open.size() > 2 ? "共" + open.size() + "件，" : "") + "看全部、补材料："
                + links.page(open.size() == 1 ? "cases/" + open.get(0).id() : "cases"));
        boolean pays = open.stream()
                .flatMap(view -> itineraries.of(view.id()).stream())
                .anyMatch(way -> yours(way).equals("缴费"));
        if (pays) {
            screen.suggest("缴费", "立即办理");
        }
        return Optional.of(screen.suggest("状态", "看现在的情况").suggest("人工", "找人问").reply());
    }

    private Reply nothing(List<CaseView> closed) {
        Screen screen = Screen.of("没有办理中的事。");
        if (!closed.isEmpty()) {
            CaseView last = closed.get(closed.size() - 1);
            LocalDate on = last.closedOn();
            String how = switch (last.outcome()) {
                case "approved" -> "已通过";
                case "rejected" -> "未通过";
                default -> "已终止";
            };
            screen.line("最近一件：" + CaseWords.type(last.type()) + how + (on == null ? "" : "，" + Days.dated(on)) + "。");
        }
        return screen.line("可以办的：" + links.page("cases"))
                .suggest("状态", "看现在的情况")
                .suggest("帮助", "看能办什么")
                .reply();
    }

    private void say(Itinerary way, Screen screen) {
        Rulebook law = law();
        CaseView view = way.view();
        String now = way.stops().stream()
                .filter(stop -> stop.state() == Itinerary.State.NOW)
                .map(stop -> stop.says() + law.cite(stop.cite()))
                .findFirst()
                .orElse("办理中");
        screen.line(view.subject() + "的" + way.word() + "：现在" + (now.startsWith("等") ? "" : "是") + now + "。");
        if (!view.missing().isEmpty()) {
            screen.line("还缺" + String.join("、", view.missing()) + "，补齐后才能审议。");
        }
        way.papers().stream()
                .filter(paper -> !paper.exempted().isEmpty())
                .forEach(paper -> screen.claim(paper.name() + "不用交：" + paper.exempted(), law.cite(paper.cite())));
        LocalDate due = view.due();
        if (due != null) {
            screen.claim(
                    "期限" + Days.said(due, clock.today()) + "，" + Days.left(due, clock.today())
                            + (way.atEnd().isEmpty() ? "" : "，" + way.atEnd()),
                    law.cite(way.dueCite()));
        }
    }

    private static String yours(Itinerary way) {
        return way.stops().stream()
                .filter(stop -> stop.state() == Itinerary.State.NOW && stop.yours())
                .map(Itinerary.Stop::says)
                .findFirst()
                .orElse("");
    }

    /** Where this member goes on with what it asked about, in a line; null where there is nothing to go on with. */
    @Nullable
    String way(Intent intent, @Nullable Member member) {
        if (intent == Intent.JOIN) {
            return member != null && member.belongs() ? null : "填申请、传材料：" + links.page("apply");
        }
        if (member == null) {
            return null;
        }
        return switch (intent) {
            case UPGRADE ->
                prospects.targets(member.id()).isEmpty() ? null : "自查条件、提出申请：" + links.page("requests/upgrade");
            case WITHDRAW ->
                prospects.leaving(member.id()).isEmpty() ? null : "看清后果、提出退会：" + links.page("requests/withdrawal");
            case APPEAL ->
                prospects.pleas(member.id()).stream()
                        .map(plea -> {
                            LocalDate until = plea.until();
                            return plea.word() + (until == null ? "" : "，最迟" + Days.dated(until)) + "："
                                    + links.page("requests/" + plea.type());
                        })
                        .reduce((one, other) -> one + "\n" + other)
                        .orElse(null);
            default -> null;
        };
    }

    /**
     * What is said instead of how to go about it: to whom it is not open, or who has asked for it already; empty where
     * the member may go on.
     */
    Optional<Reply> instead(Intent intent, @Nullable Member member) {
        boolean leaves = intent == Intent.WITHDRAW;
        if (member == null || !leaves && intent != Intent.UPGRADE && intent != Intent.JOIN) {
            return Optional.empty();
        }
        if (member.standing() == Standing.APPLICANT) {
            return Optional.of(Screen.of(
                            member.name() + "的入会申请正在办理，还不是会员。",
                            leaves ? "不想办了，可以撤回申请：" + links.page("cases") : "看全部、补材料：" + links.page("cases"))
                    .suggest("进度", "看办到哪一步")
                    .suggest("人工", "找人问")
                    .reply());
        }
        if (intent == Intent.JOIN) {
            return Optional.empty();
        }
        if (!member.belongs()) {
            return Optional.of(Screen.of(member.name() + "已经不是会员，" + (leaves ? "不用再退会。" : "没有级别可升。"), "想重新加入，先看条件。")
                    .suggest("入会", "看入会条件")
                    .suggest("状态", "看现在的情况")
                    .suggest("人工", "问秘书处")
                    .reply());
        }
        String type = leaves ? "withdrawal" : "upgrade";
        return cases.of(member.id()).stream()
                .filter(view -> view.type().equals(type) && view.closedOn() == null)
                .findFirst()
                .flatMap(view -> itineraries.of(view.id()))
                .map(way -> {
                    Screen screen = new Screen();
                    say(way, screen);
                    return screen.line("看全部、补材料、撤回："
                                    + links.page("cases/" + way.view().id()))
                            .suggest("进度", "看办理中的事")
                            .suggest("人工", "找人问")
                            .reply();
                });
    }

    private Rulebook law() {
        return laws.of(clock.today());
    }
}
