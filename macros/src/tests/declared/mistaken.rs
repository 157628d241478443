#[derive(ApiError)]
#[api(crate = ::other::errorbook)]
pub enum StoryError<'a, T: Copy = u8>
where
    T: 'a,
{
    #[api(statsu = 404)]
    NotFound(&'a T),
    Gone,
}
