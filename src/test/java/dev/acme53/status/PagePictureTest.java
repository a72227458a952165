package dev.acme53.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PagePictureTest {
    private static final Path README =
            Path.of(System.getProperty("basedir", "")).resolve("docs/status-page.png");

    @Test
    void theReadmeShowsThePageAsItIs() throws IOException {
        assertThat(PagePicture.shown(Files.readAllBytes(README)))
                .as("docs/status-page.png is of another page than is made now. Make it anew, in a browser: `mvn verify"
                        + " -Pcluster -Dit.test=StatusPageBrowserIT && cp target/status-page/readme.png"
                        + " docs/status-page.png`, and look at it")
                .contains(PagePicture.hash(StatusPage.of(ASnapshot.busy(), false)));
    }

    @Test
    void aPictureSaysWhichPageItShowsAndIsTheSame() throws IOException {
        var png = png();
        var marked = PagePicture.of(png, "<p>a page</p>");
        assertThat(PagePicture.shown(png)).isEmpty();
        assertThat(PagePicture.shown(marked)).contains(PagePicture.hash("<p>a page</p>"));
        var decoded = ImageIO.read(new ByteArrayInputStream(marked));
        assertThat(decoded.getWidth()).isEqualTo(3);
        assertThat(decoded.getRGB(1, 1)).isEqualTo(0xff123456);
    }

    private static byte[] png() throws IOException {
        var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, 0x123456);
        var octets = new ByteArrayOutputStream();
        ImageIO.write(image, "png", octets);
        return octets.toByteArray();
    }
}
