package io.homeroom.care;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskRule;
import io.homeroom.ground.Refusal;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A letter is posted when there is proof of it, since days may run from its posting (WHJX-12-0): the photo and number that a
 * parcel keeps, or the proof that whoever finishes the task by hand names.
 */
@Component
class PostedLetters implements TaskRule {

    private static final String WHAT = "letter";

    @Override
    public Optional<Refusal> mayFinish(Task task, List<String> documents) {
        boolean asks = !task.data().getOrDefault("documents", "").isBlank(); // then casework says which
        return task.what().equals(WHAT) && documents.isEmpty() && !asks
                ? Optional.of(new Refusal(task.clauses(), "书面告知要有寄送凭证才算寄出：请在「服务 → 寄送」备好收件单位，拍照、填单号后登记寄出", null))
                : Optional.empty();
    }
}
