package io.homeroom.chat;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was said is kept for a time and then forgotten. */
@Component
class Forgetting implements Duty {

    private final Memory memory;
    private final int keepDays;

    Forgetting(Memory memory, @Value("${homeroom.chat.keep-days:180}") int keepDays) {
        this.memory = memory;
        this.keepDays = keepDays;
    }

    @Override
    public String name() {
        return "chat-forget";
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        memory.forgetBefore(day.minusDays(keepDays));
    }

    /** The day after which the oldest line has been kept long enough. */
    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return memory.oldest()
                .map(oldest -> oldest.plusDays(keepDays + 1L))
                .map(due -> due.isAfter(after) ? due : after.plusDays(1));
    }
}
