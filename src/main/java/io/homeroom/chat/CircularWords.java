package io.homeroom.chat;

import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.member.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** 知道了: a contact says that its unit has read the latest important notice. */
@Component
class CircularWords {

    private static final Pattern KNOWN = Pattern.compile("\\s*(?:我)?(?:们)?(?:知道了|知道啦|已阅|已读|已知晓|收到)[\\s。！!~]*");

    private final Circulars circulars;

    CircularWords(Circulars circulars) {
        this.circulars = circulars;
    }

    /** The answer, if the words are about a notice that waits for them. */
    Optional<Reply> hear(String text, List<Bound> bound) {
        if (bound.isEmpty() || !KNOWN.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Circular> waiting = new ArrayList<>();
        bound.forEach(one -> circulars.unread(one.memberId()).stream()
                .filter(circular -> waiting.stream().noneMatch(other -> other.id() == circular.id()))
                .forEach(waiting::add));
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Circular latest = waiting.stream()
                .max(java.util.Comparator.comparingLong(Circular::id))
                .orElseThrow();
        bound.forEach(one -> circulars.acknowledge(latest.id(), one.memberId(), "chat"));
        Screen screen = Screen.of("好的，记下你单位已知道「" + latest.title() + "」。");
        if (waiting.size() > 1) {
            screen.line("还有" + (waiting.size() - 1) + "份通知等着回复。");
            return Optional.of(screen.suggest("知道了", "回复下一份").reply());
        }
        return Optional.of(screen.suggest("状态", "看现在的情况").reply());
    }
}
