package io.homeroom.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Found by JUnit itself: in a run on MySQL, or for a class that asks for it, says what is missing instead of failing. */
public final class MysqlOrSkipped implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean asked = TestDatabase.onMysql()
                || context.getElement()
                        .filter(e -> e.isAnnotationPresent(NeedsMysql.class))
                        .isPresent();
        Optional<String> missing = asked ? Mysqld.missing() : Optional.empty();
        return missing.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("database at hand"));
    }
}
