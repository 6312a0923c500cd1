package io.homeroom.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/** Turns whatever goes wrong below {@code /api/} into a problem document; other faces keep their own manners. */
@Component
class Problems implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    /** Before Spring's own resolvers, which would answer in English. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!request.getRequestURI().startsWith("/api/")) {
            return null;
        }
        ApiProblem problem = problem(e);
        if (e instanceof ErrorResponse standard) {
            HttpHeaders headers = standard.getHeaders();
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        try {
            write(request, response, problem);
        } catch (IOException gone) {
            LOG.debug("The caller went away before its problem document", gone);
        }
        return new ModelAndView();
    }

    private static ApiProblem problem(Exception e) {
        if (e instanceof ApiProblem problem) {
            return problem;
        }
        if (e instanceof AccessDeniedException) {
            return ApiProblem.forbidden("你的账号不能做这件事；需要时请让管理员调整角色。");
        }
        if (e instanceof HttpMessageNotReadableException) {
            return ApiProblem.of(HttpStatus.BAD_REQUEST, "请求有误", "正文不是能读懂的 JSON。请检查括号、引号和编码（UTF-8）。");
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return ApiProblem.fault(mismatch.getName(), "这个值的写法不对");
        }
        if (e instanceof TypeMismatchException mismatch) {
            return ApiProblem.fault(String.valueOf(mismatch.getPropertyName()), "这个值的写法不对");
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            return ApiProblem.fault(missing.getParameterName(), "不能缺");
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return ApiProblem.of(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "方法不对",
                    "这个地址不接受 " + method.getMethod() + "。可用的方法见响应头 Allow 和 /v3/api-docs。");
        }
        if (e instanceof HttpMediaTypeNotSupportedException) {
            return ApiProblem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "格式不对", "正文请用 application/json。");
        }
        if (e instanceof ErrorResponse standard) {
            HttpStatus status = HttpStatus.valueOf(standard.getStatusCode().value());
            return switch (status) {
                case NOT_FOUND -> ApiProblem.of(status, "没有找到", "没有这个地址。全部地址见 /v3/api-docs。");
                case NOT_ACCEPTABLE -> ApiProblem.of(status, "格式不对", "这里只回答 application/json。");
                default -> ApiProblem.of(status, "请求有误", "请求没有办成。地址和字段见 /v3/api-docs。");
            };
        }
        LOG.error("A request to the API failed", e);
        return ApiProblem.of(HttpStatus.INTERNAL_SERVER_ERROR, "系统出错", "系统没有办成这件事，什么也没有改变。请稍后再试；再不行请告诉管理员。");
    }

    /** Writes the document; the caller of a security filter uses it directly. */
    void write(HttpServletRequest request, HttpServletResponse response, ApiProblem problem) throws IOException {
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.writeValueAsBytes(problem.document(request.getRequestURI())));
    }
}
