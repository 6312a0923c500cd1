package io.homeroom.desk;

import io.homeroom.ground.Refusal;
import java.util.List;
import java.util.Optional;

/** A higher room's say in whether a task may be finished. Every bean of this type is asked; one refusal suffices. */
public interface TaskRule {

    /** Why this task may not be finished with these documents; empty if nothing speaks against it. */
    Optional<Refusal> mayFinish(Task task, List<String> documents);
}
