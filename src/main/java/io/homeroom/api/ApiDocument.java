package io.homeroom.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page at {@code /v3/api-docs}: only the API's own paths, with its problem documents. */
@Configuration
class ApiDocument {

    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "请求有误；errors 列出每个字段",
            "401", "没有登录",
            "403", "没有权限",
            "404", "没有找到，或属于别的协会、别的班级",
            "422", "章程不允许（clauses 是条款），或同一个 Idempotency-Key 用于不同内容",
            "429", "密码错的次数太多");

    @Bean
    OpenAPI openApi() {
        Schema<?> fault = new ObjectSchema()
                .addProperty("field", new StringSchema().example("contact.phone"))
                .addProperty("message", new StringSchema().example("不能缺"));
        Schema<?> problem = new ObjectSchema()
                .description("RFC 9457 问题文档")
                .addProperty("type", new StringSchema().example("about:blank"))
                .addProperty("title", new StringSchema().example("章程不允许"))
                .addProperty("status", new IntegerSchema().example(422))
                .addProperty("detail", new StringSchema().description("哪里不对，怎么办"))
                .addProperty("instance", new StringSchema())
                .addProperty("clauses", new ArraySchema().items(new StringSchema().example("WHJX-12-1")))
                .addProperty("from", new StringSchema().format("date").description("最早哪天可以再提"))
                .addProperty("errors", new ArraySchema().items(fault));
        return new OpenAPI()
                .info(new Info()
                        .title("Homeroom 班主任")
                        .version("v1")
                        .description("""
                            会员服务的 REST 接口。金额是以分为单位的整数（字段以 Fen 结尾）；日子写作 2026-03-31，\
                            时间带时区；编号是十进制文字。出错时回答 RFC 9457 问题文档，章程不允许的带条款编号。\
                            用员工账号登录（HTTP Basic）；协会代码在地址里，别的协会的东西一律 404。\
                            """)
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                "staff",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description("员工账号"))
                        .addSchemas("Problem", problem))
                .addSecurityItem(new SecurityRequirement().addList("staff"));
    }

    @Bean
    OperationCustomizer problems() {
        return (operation, method) -> {
            Schema<?> problem = new Schema<>().$ref("#/components/schemas/Problem");
            Content content = new Content().addMediaType("application/problem+json", new MediaType().schema(problem));
            PROBLEMS.forEach((status, why) -> operation
                    .getResponses()
                    .addApiResponse(status, new ApiResponse().description(why).content(content)));
            List<Parameter> parameters = operation.getParameters();
            if (parameters != null) {
                parameters.stream()
                        .filter(parameter -> "code".equals(parameter.getName()))
                        .forEach(code -> code.description("协会代码").example("whjx"));
            }
            return operation;
        };
    }
}
