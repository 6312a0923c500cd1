package io.homeroom.desk;

import io.homeroom.ground.Lockbox;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals colleagues' phones on their way to the database and opens them on their way back. */
@Component
@Converter
class SealedPhone implements AttributeConverter<@Nullable String, @Nullable String> {

    private final Lockbox lockbox;

    SealedPhone(Lockbox lockbox) {
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
