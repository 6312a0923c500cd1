package io.homeroom.api;

import io.homeroom.ground.Refusal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An answer that is a problem document. It travels as an exception because it ends a request from any depth, as
 * Spring's own {@code ErrorResponseException} does; front doors below still refuse by value.
 */
final class ApiProblem extends RuntimeException {

    /** A field that does not fit, and why; {@code field} is a path such as {@code contact.phone}. */
    record FieldFault(String field, String message) {}

    private final HttpStatus status;
    private final String title;
    private final List<String> clauses;
    private final List<FieldFault> errors;
    private final @Nullable LocalDate from;

    private ApiProblem(
            HttpStatus status,
            String title,
            String detail,
            List<String> clauses,
            List<FieldFault> errors,
            @Nullable LocalDate from) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.clauses = List.copyOf(clauses);
        this.errors = List.copyOf(errors);
        this.from = from;
    }

    static ApiProblem of(HttpStatus status, String title, String detail) {
        return new ApiProblem(status, title, detail, List.of(), List.of(), null);
    }

    static ApiProblem notFound(String what) {
        return of(HttpStatus.NOT_FOUND, "没有找到", "没有找到" + what + "。请核对编号；它也可能属于别的协会，或不在你的班级。");
    }

    static ApiProblem forbidden(String detail) {
        return of(HttpStatus.FORBIDDEN, "没有权限", detail);
    }

    /** What the bylaws, or the state of things, do not allow. */
    static ApiProblem refused(Refusal refusal) {
        return new ApiProblem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                refusal.clauses().isEmpty() ? "现在不能办" : "章程不允许",
                refusal.reason(),
                refusal.clauses(),
                List.of(),
                refusal.from());
    }

    /** Every field that does not fit, at once. */
    static ApiProblem faults(List<FieldFault> errors) {
        return new ApiProblem(
                HttpStatus.BAD_REQUEST,
                "请求有误",
                "有" + errors.size() + "处需要改正，见 errors；改好后可以原样再发。",
                List.of(),
                errors,
                null);
    }

    static ApiProblem fault(String field, String message) {
        return faults(List.of(new FieldFault(field, message)));
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The document, as RFC 9457 has it, for the request of that path. */
    Map<String, Object> document(String instance) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", title);
        document.put("status", status.value());
        document.put("detail", detail());
        document.put("instance", instance);
        if (!clauses.isEmpty()) {
            document.put("clauses", clauses);
        }
        if (from != null) {
            document.put("from", from.toString());
        }
        if (!errors.isEmpty()) {
            document.put("errors", errors);
        }
        return document;
    }
}
