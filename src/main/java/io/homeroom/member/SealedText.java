package io.homeroom.member;

import io.homeroom.ground.Lockbox;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals a column of personal data on its way to the database and opens it on its way back. */
@Component
@Converter
class SealedText implements AttributeConverter<@Nullable String, @Nullable String> {

    private final Lockbox lockbox;

    SealedText(Lockbox lockbox) {
        this.lockbox = lockbox;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String clear) {
        return clear == null ? null : lockbox.seal(clear);
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String sealed) {
        return sealed == null ? null : lockbox.open(sealed);
    }
}
