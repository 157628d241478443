//! More transparent variants than one `match` is cut into, and no other.

#[derive(errorbook::ApiError)]
#[api(status = 404, message = "There is none.")]
struct NotFound;

macro_rules! errors {
    ($($name:ident)*) => {
        #[derive(errorbook::ApiError)]
        enum StoryError {
            $(#[api(transparent)] $name(NotFound),)*
        }

        fn all() -> impl Iterator<Item = StoryError> {
            [$(StoryError::$name(NotFound)),*].into_iter()
        }
    };
}

#[rustfmt::skip]
errors! {
    Aa Ab Ac Ad Ae Af Ag Ah Ai Aj Ak Al Am An Ao Ap Aq Ar As At Au Av Aw Ax Ay Az
    Ba Bb Bc Bd Be Bf Bg Bh Bi Bj Bk Bl Bm Bn Bo Bp Bq Br Bs Bt Bu Bv Bw Bx By Bz
    Ca Cb Cc Cd Ce Cf Cg Ch Ci Cj Ck Cl Cm Cn Co Cp Cq Cr Cs Ct Cu Cv Cw Cx Cy Cz
    Da Db Dc Dd De Df Dg Dh Di Dj Dk Dl Dm Dn Do Dp Dq Dr Ds Dt Du Dv Dw Dx Dy Dz
    Ea Eb Ec Ed Ee Ef Eg Eh Ei Ej Ek El Em En Eo Ep Eq Er Es Et Eu Ev Ew Ex Ey Ez
    Fa Fb Fc Fd Fe Ff Fg Fh Fi Fj Fk Fl Fm Fn Fo Fp Fq Fr Fs Ft Fu Fv Fw Fx Fy Fz
}

fn main() {
    use errorbook::ApiError;
    assert!(all().all(|error| error.code() == "not_found"));
}
