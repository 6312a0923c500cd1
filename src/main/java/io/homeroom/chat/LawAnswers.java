package io.homeroom.chat;

import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the bylaws say, for anybody who asks: joining, leaving, rising, appealing, and the standard questions. Only what
 * the rulebook has; where it has nothing the answer says so and offers the secretariat (XDOC-16).
 */
final class LawAnswers {

    /** Keys of the rulebook's standard answers. */
    private static final Map<Intent, String> STANDARD = Map.of(
            Intent.INTERPRETATION, "interpretation",
            Intent.PRECEDENCE, "precedence",
            Intent.CONTACT, "contact",
            Intent.DISCOUNT, "discount",
            Intent.WITHDRAW, "withdrawal");

    private LawAnswers() {}

    /** Whether an intent is a question about the bylaws and not about one member. */
    static boolean answers(Intent intent) {
        return STANDARD.containsKey(intent)
                || intent == Intent.JOIN
                || intent == Intent.UPGRADE
                || intent == Intent.APPEAL
                || intent == Intent.DOCUMENTS;
    }

    /** The key of the standard answer that an intent asks for, null if it is not a standard question. */
    static @Nullable String standard(Intent intent) {
        return STANDARD.get(intent);
    }

    /**
     * Answers a question about the bylaws.
     *
     * @param member the member that asks, null for a stranger
     */
    static Reply answer(Intent intent, Rulebook law, @Nullable Member member) {
        return answer(intent, law, member, null);
    }

    /** The same with the line that says where to go on, where there is a page for it. */
    static Reply answer(Intent intent, Rulebook law, @Nullable Member member, @Nullable String way) {
        return switch (intent) {
            case JOIN -> join(law, member, way);
            case UPGRADE -> upgrade(law, member, way);
            case APPEAL -> appeal(law, way);
            case DOCUMENTS -> documents(law, member);
            case WITHDRAW -> withdraw(law, way);
            case DISCOUNT -> law.fees() == null ? noFee(law) : standard(law, "discount");
            default -> {
                String about = STANDARD.get(intent);
                if (about == null) {
                    throw new IllegalArgumentException(intent + " is not a question about the bylaws");
                }
                yield standard(law, about);
            }
        };
    }

    /** There is no fee, and where that stands. */
    static Reply noFee(Rulebook law) {
        Rulebook.Answer answer = law.answers().get("fee");
        Screen screen = new Screen();
        if (answer == null) {
            screen.claim("没有会费，不用缴", law.cite(law.noFee()));
        } else {
            screen.claim(answer.says(), law.cite(answer.cite()));
        }
        return screen.suggest("状态", "看会员资格").suggest("人工", "问秘书处").reply();
    }

    private static Reply standard(Rulebook law, String about) {
        Rulebook.Answer answer = law.answers().get(about);
        if (answer == null) {
            return silent(law);
        }
        return Screen.of(Screen.claimed(answer.says(), law.cite(answer.cite())))
                .suggest("状态", "看现在的情况")
                .suggest("人工", "转工作人员")
                .reply();
    }

    /** What is said where the document has no rule. */
    static String silence(Rulebook law) {
        return "《" + law.title() + "》没有这方面的规定，我不能代为解释，可以请秘书处答复。";
    }

    private static Reply silent(Rulebook law) {
        return Screen.of(silence(law))
                .suggest("人工", "转秘书处")
                .suggest("帮助", "看能办什么")
                .reply();
    }

    private static Reply join(Rulebook law, @Nullable Member member, @Nullable String way) {
        Track track = law.cases().get("admission");
        if (track == null) {
            return silent(law);
        }
        Screen screen = new Screen();
        List<String> kinds = new ArrayList<>();
        Set<String> kindCites = new LinkedHashSet<>();
        law.kinds().forEach((kind, rule) -> {
            if (rule.accepted()) {
                kinds.add(kind.equals("unit") ? "单位" : "个人");
            }
            kindCites.addAll(rule.cite());
        });
        boolean both = kinds.size() > 1;
        screen.claim(law.name() + (both ? "接受单位和个人入会" : "只接受" + String.join("", kinds) + "入会"), law.cite(kindCites));
        if (both) {
            screen.line(papers("单位要交：", track, "unit", law));
            screen.line(papers("个人要交：", track, "individual", law));
        } else {
            screen.line(papers("要交：", track, "unit", law));
        }
        screen.line(way("办理：", track, law));
        law.apply().stream()
                .filter(check -> check.tell() == null)
                .limit(1)
                .forEach(check -> screen.claim(check.says(), law.cite(check.cite())));
        if (member != null && member.belongs()) {
            screen.line("你已绑定的「" + member.name() + "」是会员，不用再申请。");
        } else {
            screen.line(way == null ? "愿意申请的话，回复「人工」留下单位名称，工作人员会联系你。" : way);
        }
        screen.suggest("人工", "请工作人员联系");
        boolean left = member != null && !member.belongs();
        return screen.suggest(left ? "状态" : "退会", left ? "看现在的情况" : "了解退会").reply();
    }

    private static Reply documents(Rulebook law, @Nullable Member member) {
        boolean belongs = member != null && member.belongs();
        Track registration = law.cases().get("registration");
        String kind = member == null ? "unit" : member.kind().code();
        if (belongs && registration != null) {
            Screen screen = new Screen();
            screen.claim("会员登记由" + at(registration) + "办理", law.cite(registration.cite()));
            screen.line(papers("要交：", registration, kind, law));
            registration
                    .windows()
                    .forEach((word, window) -> screen.claim(
                            switch (word) {
                                case "initial" -> "初次登记：入会后办理";
                                case "renewal" -> "续期登记：每年一次";
                                default -> "再登记：换届前后办理";
                            },
                            law.cite(window.cite())));
            return screen.suggest("人工", "问班主任").suggest("状态", "看现在的情况").reply();
        }
        Track admission = law.cases().get("admission");
        if (admission == null || belongs) {
            return Screen.of("《" + law.title() + "》没有要求会员每年另交登记材料。")
                    .suggest("人工", "问班主任")
                    .suggest("资料变更", "改联络人或资料")
                    .reply();
        }
        return Screen.of(papers("入会要交：", admission, kind, law), way("办理：", admission, law))
                .suggest("人工", "请工作人员联系")
                .suggest("入会", "看全部流程")
                .reply();
    }

    private static Reply withdraw(Rulebook law, @Nullable String way) {
        Rulebook.Answer answer = law.answers().get("withdrawal");
        Track track = law.cases().get("withdrawal");
        if (answer == null && track == null) {
            return silent(law);
        }
        Screen screen = new Screen();
        if (answer != null) {
            screen.claim(answer.says(), law.cite(answer.cite()));
        }
        if (track != null) {
            screen.line(papers("要交：", track, "unit", law));
        }
        screen.line(way == null ? "在这里说一声不算提出退会，以书面材料为准；要办理请回复「人工」。" : "在这里说一声不算提出退会，以书面材料为准。")
                .line(way);
        return screen.suggest("人工", "请班主任协助").suggest("状态", "看现在的情况").reply();
    }

    private static Reply upgrade(Rulebook law, @Nullable Member member, @Nullable String onward) {
        Rulebook.Upgrade upgrade = law.upgrade();
        if (upgrade == null) {
            if (law.posts().isEmpty()) {
                return silent(law);
            }
            Screen screen = Screen.of("会员不分级别；职务由选举产生：");
            law.posts().stream()
                    .filter(post -> !post.by().equals("秘书处"))
                    .limit(4)
                    .forEach(post -> screen.claim(post.name() + "由" + post.by() + "选举", law.cite(post.cite())));
            return screen.suggest("人工", "问秘书处").suggest("状态", "看现在的情况").reply();
        }
        Screen screen = new Screen();
        String grade = member == null ? null : member.grade();
        List<Rulebook.Path> paths = upgrade.paths().stream()
                .filter(path -> grade == null || path.from().contains(grade))
                .toList();
        if (paths.isEmpty()) {
            boolean highest = grade != null && law.rank(grade) == law.grades().size() - 1;
            screen.line(
                    grade == null
                            ? ""
                            : highest
                                    ? "「" + grade + "」已是最高一级"
                                            + law.cite(law.grade(grade)
                                                    .orElseThrow()
                                                    .cite()) + "。"
                                    : "「" + grade + "」没有再往上升的路径" + law.cite(upgrade.pathCite()) + "。");
        }
        for (Rulebook.Path path : paths.subList(0, Math.min(2, paths.size()))) {
            screen.claim(String.join("、", path.from()) + "可申请升为" + path.to(), law.cite(path.cite()));
        }
        paths.stream()
                .map(Rulebook.Path::conditions)
                .distinct()
                .limit(1)
                .flatMap(name -> name == null
                        ? java.util.stream.Stream.<Rulebook.Condition>empty()
                        : upgrade.conditions().getOrDefault(name, List.of()).stream())
                .limit(upgrade.exceptional() == null ? 3 : 2)
                .forEach(condition -> screen.claim("条件：" + condition.says(), law.cite(condition.cite())));
        Rulebook.Exceptional exceptional = upgrade.exceptional();
        if (exceptional != null && !paths.isEmpty()) {
            screen.claim("贡献巨大的，经" + exceptional.grade() + "提名可以破格申请", law.cite(exceptional.cite()));
        }
        Track track = law.cases().get("upgrade");
        if (track != null && !paths.isEmpty()) {
            screen.line(way("办理：", track, law));
        }
        screen.line(onward);
        return screen.suggest("人工", "请班主任协助").suggest("状态", "看现在的情况").reply();
    }

    private static Reply appeal(Rulebook law, @Nullable String onward) {
        Track track = law.cases().get("appeal");
        if (track == null && onward != null) {
            return Screen.of("可以书面说明理由，在这里提出：")
                    .line(onward)
                    .suggest("进度", "看办到哪一步")
                    .suggest("人工", "请工作人员协助")
                    .reply();
        }
        if (track == null) {
            return silent(law);
        }
        Screen screen = Screen.of(
                Screen.claimed("对终止会籍的决定不服，可以向" + at(track) + "申诉", law.cite(track.cite())), way("办理：", track, law));
        return screen.line(onward == null ? "书面说明理由交秘书处；回复「人工」可先请工作人员协助。" : onward)
                .suggest("人工", "请工作人员协助")
                .suggest("为什么", "看决定的依据")
                .reply();
    }

    private static String at(Track track) {
        return track.stages().isEmpty() ? "秘书处" : track.stages().get(0).at();
    }

    private static @Nullable String papers(String lead, Track track, String kind, Rulebook law) {
        List<Track.Document> documents = track.documents().stream()
                .filter(document -> document.kind() == null || document.kind().equals(kind))
                .toList();
        if (documents.isEmpty()) {
            return null;
        }
        return Screen.claimed(
                lead + documents.stream().map(Track.Document::name).collect(Collectors.joining("、")),
                law.cite(documents.stream()
                        .flatMap(document -> document.cite().stream())
                        .toList()));
    }

    private static @Nullable String way(String lead, Track track, Rulebook law) {
        List<Track.Stage> stages =
                track.stages().stream().filter(stage -> !stage.onlyIfFailed()).toList();
        if (stages.isEmpty()) {
            return null;
        }
        String steps = stages.stream()
                .map(stage ->
                        stage.at().equals("member") ? "payment".equals(stage.await()) ? "缴费" : "会员答复" : stage.at())
                .collect(Collectors.joining(" → "));
        return Screen.claimed(
                lead + steps,
                law.cite(stages.stream().flatMap(stage -> stage.cite().stream()).toList()));
    }
}
